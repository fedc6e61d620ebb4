"""The sheets of data.xlsx that hold the views behind a brief's tables: every row, where the brief shows the first."""

from __future__ import annotations

from pipeline.brief_text.reading import SHARED
from pipeline.datasheet.sheets import ORIGIN, Column, Sheet, write_origin

WIDTHS = {"text": 26.0, "money": 18.0, "count": 12.0, "number": 14.0, "year": 10.0, "date": 13.0}
YEAR = ("fiscal_year_be", "ปีงบประมาณ", "year")
BAHT = ("amount_baht", "จำนวนเงิน (บาท)", "money")
PROJECTS_COUNT = ("n_projects", "โครงการ", "count")
HEAD = ("per_head_baht", "ต่อหัว (บาท)", "number")
SHARE = ("share_pct", "ร้อยละ", "number")
SHARE_OF_PLAN = "100.0 * {0} / nullif(sum({0}) OVER (PARTITION BY fiscal_year_be, measure, plan_id), 0)"
MEASURE = ("measure", "ขั้นของเงิน", "text", "measure")
INDICATOR = ("indicator_name", "ตัวชี้วัด", "text")
YEAR_BE = ("year_be", "ปี พ.ศ.", "year")
BASIS = ("period_basis", "นับตาม", "text", "period_basis")
STATUS = ("status", "สถานะของค่า", "text", "status_of_value")


def _of_view(
    name: str, view: str, *columns: tuple[str, ...], only: str = "true", order: str, prefix: str = ""
) -> Sheet:
    """A sheet of a view's rows of the province: each column's SQL, heading, kind and list of words."""
    sql = ", ".join(column[0] for column in columns)
    made = tuple(
        ORIGIN if head == ORIGIN.header else Column(head, WIDTHS[kind], kind, words=words[0] if words else "")
        for _, head, kind, *words in columns
    )
    return Sheet(
        name,
        f"{prefix}SELECT {sql} FROM {view} WHERE province_code = $province_code AND {only} ORDER BY {order}",
        made,
    )


BASICS = _of_view(
    "ประชากร", "out_population", YEAR_BE, ("population", "ประชากร (คน)", "count"), ("male", "ชาย (คน)", "count"),
    ("female", "หญิง (คน)", "count"), ("houses", "บ้าน (หลัง)", "count"),
    ("households", "ครัวเรือน (ครัวเรือน)", "count"), ("source", "แหล่งข้อมูล", "text"), ("path", "ไฟล์", "text"),
    order="year_be",
)  # fmt: skip
PROFILE = _of_view(
    "เทียบพื้นที่", "out_province_profile", ("item", "รายการ", "text", "item"), YEAR_BE, ("value", "จังหวัด", "number"),
    ("cluster_value", "กลุ่มจังหวัด", "number"), ("n_cluster", "จังหวัดในกลุ่มที่มีข้อมูล", "count"),
    ("region_value", "ภาค", "number"), ("n_region", "จังหวัดในภาคที่มีข้อมูล", "count"),
    ("nation_value", "ประเทศ", "number"), ("n_nation", "จังหวัดที่มีข้อมูล", "count"),
    only="value IS NOT NULL AND NOT starts_with(item, 'crime_')", order="item, year_be",
)  # fmt: skip
RATES = _of_view(
    "อัตราตัวชี้วัด", "out_indicator_rate", INDICATOR, YEAR_BE, BASIS, STATUS, ("value", "ค่า", "number"),
    ("unit", "หน่วย", "text"), ("rate", "อัตรา", "number"), ("rate_per", "อัตราต่อ (คน)", "count"),
    ("rate_low", "ช่วงร้อยละ 95 ต่ำ", "number"), ("rate_high", "ช่วงร้อยละ 95 สูง", "number"),
    ("denominator", "ตัวหาร", "number"), ("peer_value", "จังหวัดคล้ายกัน", "number"),
    ("cluster_value", "กลุ่มจังหวัด", "number"), ("region_value", "ภาค", "number"),
    ("nation_value", "ประเทศ", "number"), ("band", "กลุ่มที่ (1 คือต่ำ)", "count"), ("n_bands", "จำนวนกลุ่ม", "count"),
    ("is_small_number", "จำนวนน้อย", "text", "yes_no"), ("caution_th", "ข้อควรระวัง", "text"),
    ("source", "แหล่งข้อมูล", "text"), ("denominator_source", "แหล่งของตัวหาร", "text"), ("path", "ไฟล์", "text"),
    only="indicator_name IS NOT NULL AND (rate IS NOT NULL OR band IS NOT NULL OR status = 'suppressed')",
    order="topic, indicator_code, period_basis, year_be",
)  # fmt: skip
TRENDS = _of_view(
    "แนวโน้ม", "out_indicator_trend", INDICATOR, YEAR_BE, BASIS, ("unit", "หน่วย", "text"), ("value", "ค่า", "number"),
    ("before_year_be", "ปีก่อน พ.ศ.", "year"), ("before_value", "ค่าปีก่อน", "number"),
    ("change_pct", "เปลี่ยนแปลง (ร้อยละ)", "number"), ("rate", "อัตรา", "number"),
    ("before_rate", "อัตราปีก่อน", "number"), ("rate_change_pct", "อัตราเปลี่ยนแปลง (ร้อยละ)", "number"),
    ("no_change", "เหตุที่ไม่บอกการเปลี่ยนแปลง", "text", "no_change"), ("break_th", "อนุกรมขาดตอน", "text"),
    only="indicator_name IS NOT NULL AND (before_year_be IS NOT NULL OR is_break)",
    order="topic, indicator_code, period_basis, year_be",
)  # fmt: skip
CHAIN = _of_view(
    "ขั้นตอนงานยุติธรรม", "out_justice_chain", ("chain_name", "เรื่อง", "text"), YEAR_BE, ("step_name", "ขั้น", "text"), STATUS,
    ("value", "จำนวน", "number"), ("unit", "หน่วย", "text"), BASIS, ("share_pct", "ร้อยละของขั้นก่อน", "number"),
    ("no_share", "เหตุที่ไม่หาร", "text", "no_share"), only="status IN ('value', 'suppressed')",
    order="chain_order, year_be, step_order",
)  # fmt: skip
PEERS = _of_view(
    "จังหวัดคล้ายกัน", "out_peer", ("peer_order", "ลำดับความใกล้", "count"), ("peer_name", "จังหวัด", "text"),
    ("distance", "ระยะห่าง", "number"), ("n_variables", "ตัวแปรร่วม", "count"), ("variables_th", "ตัวแปรที่ใช้", "text"),
    only="peer_code IS NOT NULL", order="peer_order",
)  # fmt: skip
STAGES = _of_view(
    "เงินรายปี", "out_money_by_stage", ("figure", "ชุดข้อมูล", "text", "figure"), YEAR,
    ("stage", "ขั้นของเงิน", "text", "stage_or_measure"), ("n", "โครงการหรือบรรทัด", "count"), BAHT, HEAD,
    ("population", "ประชากรที่ใช้หาร (คน)", "count"), ("population_year_be", "ประชากร พ.ศ.", "year"),
    ("constant_baht", "ราคาคงที่ (บาท)", "money"), only="n > 0", order="figure, fiscal_year_be, stage",
)  # fmt: skip
PARTS = _of_view(
    "เงินตามส่วน", "out_money_by_part", YEAR, MEASURE, ("dimension", "มุมมอง", "text", "dimension"),
    ("coalesce(name, code, 'ไม่ระบุ')", "ส่วน", "text"), PROJECTS_COUNT, BAHT, SHARE, HEAD,
    order="fiscal_year_be, measure, dimension, code NULLS LAST",
)  # fmt: skip
AGENCIES = _of_view(
    "เงินตามหน่วยงาน", "out_project_by_agency", YEAR, MEASURE,
    ("coalesce(agency_name, 'ไม่ระบุ')", "หน่วยงาน", "text"), PROJECTS_COUNT, BAHT,
    order="fiscal_year_be, measure, amount_baht DESC, agency_name",
)  # fmt: skip
PLAN = _of_view(
    "มิติของแผนแม่บท", "out_project_by_plan", YEAR, MEASURE, ("plan_id", "แผน (รหัส)", "text"),
    ("item_code", "มิติ (ลำดับ)", "text"), ("how", "จัดโดย", "text", "how_placed"), PROJECTS_COUNT,
    (SHARE_OF_PLAN.format("n_projects"), "ร้อยละของโครงการ", "number"), BAHT,
    (SHARE_OF_PLAN.format("amount_baht"), "ร้อยละของเงิน", "number"),
    order="fiscal_year_be, measure, plan_id, item_code NULLS LAST, how",
)  # fmt: skip
EXECUTION = _of_view(
    "การเบิกจ่าย", "out_execution", YEAR, ("quarter", "ถึงไตรมาส", "text", "period"), MEASURE, PROJECTS_COUNT,
    ("given_baht", "ได้รับ (บาท)", "money"), ("paid_baht", "จ่าย (บาท)", "money"), ("execution_pct", "ร้อยละ", "number"),
    ("target_pct", "เป้าหมาย (ร้อยละ)", "number"), ("difference_points", "ต่างจากเป้าหมาย (จุด)", "number"),
    ("source", "แหล่งของเป้าหมาย", "text"), order="fiscal_year_be, quarter, measure",
)  # fmt: skip
CONCENTRATION = _of_view(
    "การกระจุกตัว", "out_concentration", ("figure", "ชุดข้อมูล", "text", "figure"), YEAR,
    ("stage", "ขั้นของเงิน", "text", "stage_or_measure"), ("holder", "ผู้ถือเงิน", "text", "holder"),
    ("n_holders", "จำนวนราย", "count"), BAHT, ("top_count", "รายใหญ่สุด (ราย)", "count"),
    ("top_share_pct", "รายใหญ่สุด (ร้อยละ)", "number"), ("hhi", "HHI (เต็ม 10,000)", "number"),
    order="figure, fiscal_year_be, stage, holder",
)  # fmt: skip
NEED = _of_view(
    "ความจำเป็นกับเงิน", "out_need_money", YEAR, MEASURE, INDICATOR, ("need_year_be", "ปีของตัวชี้วัด", "year"),
    ("rate", "อัตรา", "number"), PROJECTS_COUNT, BAHT, HEAD, ("need_z", "ความจำเป็น (z)", "number"),
    ("money_z", "เงินต่อหัว (z)", "number"), ("quadrant", "เทียบกับค่าเฉลี่ย", "text", "quadrant"),
    only="quadrant IS NOT NULL", order="fiscal_year_be, measure, theme, indicator_code",
)  # fmt: skip
GAPS = _of_view(
    "ช่องว่าง", "out_gap", YEAR, ("dimension", "มุมมอง", "text", "dimension"), ("name", "มิติหรือด้าน", "text"),
    PROJECTS_COUNT, ("n_funded", "โครงการที่มีเงิน", "count"), BAHT,
    ("is_without_project", "ไม่พบโครงการ", "text", "yes_no"), ("is_without_money", "มีโครงการแต่ไม่มีเงิน", "text", "yes_no"),
    order="fiscal_year_be, dimension, code",
)  # fmt: skip
OVERLAPS = _of_view(
    "หลายหน่วยงานทำ", "out_overlap", YEAR, ("name", "เรื่อง", "text"), ("n_agencies", "หน่วยงาน (แห่ง)", "count"),
    PROJECTS_COUNT, BAHT, ("agencies_th", "หน่วยงาน", "text"), order="fiscal_year_be, tag_code",
)  # fmt: skip
DUPLICATES = _of_view(
    "ชื่อคล้ายกัน", "out_likely_duplicate", ("project_name", "โครงการ", "text"), ("agency_name", "หน่วยงาน", "text"), YEAR,
    ("like_project_name", "โครงการที่มาก่อน", "text"), ("like_agency_name", "หน่วยงานที่มาก่อน", "text"),
    ("like_fiscal_year_be", "ปีที่มาก่อน", "year"), ("how", "ความคล้าย", "text", "how"),
    ("score", "คะแนน (100 คือเหมือนกัน)", "number"),
    order="score DESC, project_id, like_project_id",
)  # fmt: skip
LIVES = _of_view(
    "โครงการหลายปี", "out_project_life", ("project_name", "โครงการ", "text"), YEAR, ("n_years", "จำนวนปี", "count"),
    ("agencies_th", "หน่วยงาน", "text"), ("requested_baht", "คำขอ (บาท)", "money"),
    ("allocated_baht", "ได้รับจัดสรร (บาท)", "money"), ("disbursed_baht", "เบิกจ่าย (บาท)", "money"),
    ("budget_baht", "งบประมาณไม่ระบุขั้น (บาท)", "money"), ("change_baht", "เปลี่ยนจากปีก่อน (บาท)", "money"),
    only="n_years >= 2", order="name_key, fiscal_year_be",
)  # fmt: skip
KPI = _of_view(
    "คุณภาพตัวชี้วัดโครงการ", "out_kpi_quality_by_province", YEAR, PROJECTS_COUNT, ("n_with_kpi", "ระบุตัวชี้วัด", "count"),
    ("n_without_kpi", "ไม่ระบุตัวชี้วัด", "count"), ("n_without_number", "ไม่มีตัวเลข", "count"),
    ("n_without_unit", "ไม่มีหน่วย", "count"), ("n_without_target", "ไม่มีค่าเป้าหมาย", "count"),
    ("n_without_baseline", "ไม่มีค่าฐาน", "count"), ("n_activity_only", "วัดเพียงการได้ทำ", "count"),
    order="fiscal_year_be",
)  # fmt: skip
BUDGET_PARTS = _of_view(
    "งบประมาณตามส่วน", "parts", YEAR, ("stage", "เอกสารขั้น", "text", "stage"), ("kind", "จำแนกตาม", "text"),
    ("name", "ส่วน", "text"), ("n_lines", "บรรทัดรายการ", "count"), BAHT, SHARE,
    order="fiscal_year_be, stage, kind, amount_baht DESC, name",
    prefix="WITH parts AS (SELECT 'แผนงาน' AS kind, * FROM out_budget_by_plan UNION ALL BY NAME "
    "SELECT 'โครงการ/ผลผลิต' AS kind, * FROM out_budget_by_project UNION ALL BY NAME "
    "SELECT 'งบรายจ่าย' AS kind, * FROM out_budget_by_category) ",
)  # fmt: skip
PROJECT_AMOUNTS = _of_view(
    "โครงการในรายงาน", "out_project_place", YEAR, ("project_name", "โครงการ", "text"),
    ("agency_name", "หน่วยงาน", "text"), ("fund_source", "แหล่งเงิน", "text"), MEASURE, BAHT,
    ("n_cells", "รวมจาก (เซลล์)", "count"), (write_origin(), ORIGIN.header, "text"),
    order="fiscal_year_be, path, sheet, project_id, measure",
)  # fmt: skip
TOTALS = _of_view(
    "ยอดรวมที่ระบุไว้", "out_stated_total", MEASURE, ("stated_baht", "ที่ระบุไว้ (บาท)", "money"),
    ("computed_baht", "ที่คำนวณ (บาท)", "money"), ("difference_baht", "ผลต่าง (บาท)", "money"),
    ("explanation_th", "คำอธิบาย", "text"), (write_origin(), ORIGIN.header, "text"), order="path, sheet, cell",
)  # fmt: skip
SOURCES = _of_view(
    "ชีตที่ใช้", "out_source", ("kind", "ชนิดข้อมูล", "text", "kind"), ("coalesce(source, title)", "ที่มา", "text"),
    ("path", "ไฟล์", "text"), ("sheet", "ชีต", "text"), ("n_rows", "แถวหรือค่า", "count"),
    ("first_year_be", "ตั้งแต่ พ.ศ.", "year"), ("last_year_be", "ถึง พ.ศ.", "year"),
    ("received_on", "ได้รับเมื่อ", "date"), order="kind, path, sheet, source, n_rows",
)  # fmt: skip
# The brief tells these by rule; those of no province are of a file that the province's figures come from.
COUNTED = Sheet(
    "จำนวนข้อค้นพบ",
    f"""
    SELECT severity, rule, path, province_code IS NULL, count(*)
    FROM quality_issue {SHARED} GROUP BY severity, rule, path, province_code IS NULL
    ORDER BY list_position(['error', 'warning', 'info'], severity), rule, path, province_code IS NULL""",
    (
        Column("ระดับ", 14, words="severity"), Column("รหัสกฎ", 28), Column("ไฟล์", 44),
        Column("ของทุกจังหวัดในไฟล์", 18, words="yes_no"), Column("รายการ", 10, "count"),
    ),
)  # fmt: skip
VIEW_SHEETS = (
    BASICS, PROFILE, RATES, TRENDS, CHAIN, PEERS, BUDGET_PARTS, STAGES, PROJECT_AMOUNTS, AGENCIES, PLAN, PARTS,
    EXECUTION, CONCENTRATION, NEED, GAPS, OVERLAPS, DUPLICATES, LIVES, KPI, TOTALS,
    COUNTED, SOURCES,
)  # fmt: skip
