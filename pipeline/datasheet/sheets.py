"""The sheets of data.xlsx: their names, their rows as queries on $province_code, and their columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        header: in Thai.
        width: in characters.
        kind: text, or a key of FORMATS, or year.
        words: the list of Thai words for its codes, where it holds codes.
    """

    header: str
    width: float
    kind: str = "text"
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its rows as a query on $province_code, and a column for each value of them."""

    name: str
    sql: str
    columns: tuple[Column, ...]


PLACE = (Column("ไฟล์", 44), Column("ชีต", 18), Column("เซลล์", 9))
ORIGIN = Column("ที่มา (ไฟล์ › ชีต!เซลล์)", 52)


def write_origin(*, path: str = "path", sheet: str = "sheet", cell: str = "cell") -> str:
    """Write the SQL of a cell's address from three columns; without a cell there is none, and a CSV has no sheet."""
    return f"{path} || ' › ' || CASE WHEN {sheet} = '' THEN '' ELSE {sheet} || '!' END || {cell}"


BUDGET_LINES = Sheet(
    "บรรทัดงบประมาณ",
    f"""
    SELECT b.fiscal_year_be, b.stage, b.item, b.amount_baht, b.is_obligation, b.plan, b.output, b.project,
           concat_ws(' › ', b.category_1, b.category_2, b.category_3, b.category_4, b.category_5, b.category_6),
           b.ministry, b.budgetary_unit, b.document, b.page, b.unit, b.text, f.path, b.sheet, b.cell,
           {write_origin(path="f.path", sheet="b.sheet", cell="b.cell")}
    FROM core_budget_line AS b JOIN raw_file AS f USING (file_id)
    WHERE b.province_code = $province_code
    ORDER BY b.fiscal_year_be, b.stage, f.path, b.sheet, b.row_number, b.line_id""",
    (
        Column("ปีงบประมาณ", 11, "year"), Column("เอกสารขั้น", 20, words="stage"), Column("รายการ", 60),
        Column("วงเงิน (บาท)", 18, "money"), Column("งบผูกพัน", 10, words="yes_no"), Column("แผนงาน", 36),
        Column("ผลผลิต", 28), Column("โครงการ", 28), Column("งบรายจ่าย", 28), Column("กระทรวง", 20),
        Column("หน่วยรับงบประมาณ", 20), Column("เอกสาร", 14), Column("หน้า", 8), Column("หน่วยในต้นฉบับ", 14),
        Column("ข้อความในเซลล์", 18), *PLACE, ORIGIN,
    ),
)  # fmt: skip
PROJECTS = Sheet(
    "โครงการและวงเงิน",
    f"""
    SELECT p.project_name, p.agency_name, a.fiscal_year_be, a.measure, a.period, a.category,
           coalesce(a.fund_source, p.fund_source), a.amount_baht, a.unit, a.text, p.is_current, f.status,
           p.plan_group, p.section, p.activity, p.target, p.kpi, p.area, p.period_text, p.note, p.project_id,
           f.path, coalesce(a.sheet, p.sheet), coalesce(a.cell, 'แถว ' || p.row_number),
           {write_origin(path="f.path", sheet="a.sheet", cell="a.cell")}
    FROM core_project AS p
    LEFT JOIN core_amount AS a USING (project_id)
    JOIN raw_file AS f ON f.file_id = coalesce(a.file_id, p.file_id)
    WHERE p.province_code = $province_code
    ORDER BY f.path, p.sheet, p.row_number, p.project_id, a.fiscal_year_be, a.measure, a.period, a.cell""",
    (
        Column("โครงการ", 52), Column("หน่วยงาน", 30), Column("ปีงบประมาณ", 11, "year"),
        Column("ขั้นของวงเงิน", 24, words="measure"), Column("งวด", 12, words="period"),
        Column("งบรายจ่าย", 18), Column("แหล่งเงิน", 20), Column("วงเงิน (บาท)", 18, "money"),
        Column("หน่วยในต้นฉบับ", 14), Column("ข้อความในเซลล์", 18), Column("ใช้ในรายงาน", 12, words="yes_no"),
        Column("สถานะไฟล์", 16, words="status"), Column("แผนงาน", 28), Column("หัวข้อ", 28), Column("กิจกรรม", 28),
        Column("เป้าหมาย", 24), Column("ตัวชี้วัด", 24), Column("พื้นที่", 18), Column("ระยะเวลา", 16),
        Column("หมายเหตุ", 24), Column("รหัสโครงการในคลังข้อมูล", 20), *PLACE, ORIGIN,
    ),
)  # fmt: skip
INDICATORS = Sheet(
    "ตัวชี้วัด",
    """
    SELECT coalesce(d.name_th, i.indicator_code), i.year_be, i.period_basis, i.period,
           CASE WHEN NOT coalesce(v.is_suppressed, d.is_sensitive, false) THEN i.value END,
           coalesce(i.unit, d.unit), i.source, i.source_rank, d.is_verified, d.caution_th,
           CASE WHEN coalesce(v.is_suppressed, d.is_sensitive, false) THEN 'ไม่แสดงจำนวนน้อย' ELSE i.text END,
           i.indicator_code, f.path, i.sheet, i.cell
    FROM core_indicator AS i
    JOIN raw_file AS f USING (file_id)
    LEFT JOIN core_indicator_definition AS d USING (indicator_code)
    LEFT JOIN out_chosen_value AS v
        ON v.province_code = i.province_code AND v.indicator_code = i.indicator_code AND v.year_be = i.year_be
        AND v.period_basis = i.period_basis AND v.period = i.period
    WHERE i.province_code = $province_code AND NOT starts_with(i.indicator_code, 'unnamed_')
    ORDER BY i.indicator_code, i.year_be, i.period, i.source_rank, f.path, i.sheet, i.cell""",
    (
        Column("ตัวชี้วัด", 44), Column("ปี พ.ศ.", 9, "year"), Column("นับตาม", 16, words="period_basis"),
        Column("งวด", 12, words="period"), Column("ค่า", 16, "number"), Column("หน่วย", 16), Column("แหล่งข้อมูล", 36),
        Column("ลำดับแหล่ง", 11, "count"), Column("ยืนยันนิยามแล้ว", 15, words="yes_no"), Column("ข้อควรระวัง", 36),
        Column("ข้อความในเซลล์", 18), Column("รหัสตัวชี้วัด", 28), *PLACE,
    ),
)  # fmt: skip
FILES_OF_PROVINCE = """
    SELECT file_id FROM core_budget_line WHERE province_code = $province_code
    UNION SELECT file_id FROM core_project WHERE province_code = $province_code
    UNION SELECT file_id FROM core_indicator WHERE province_code = $province_code
    UNION SELECT file_id FROM quality_issue WHERE province_code = $province_code AND file_id IS NOT NULL"""
ISSUES = Sheet(
    "ข้อค้นพบ",
    """
    SELECT severity, message_th, value, rule, path, sheet, cell
    FROM quality_issue
    WHERE province_code = $province_code
    ORDER BY list_position(['error', 'warning', 'info'], severity), rule, path, sheet, cell, message_th, value""",
    (
        Column("ระดับ", 14, words="severity"), Column("สิ่งที่พบและสิ่งที่ควรทำ", 70), Column("ค่าในเซลล์", 24),
        Column("รหัสข้อค้นพบ", 28), *PLACE,
    ),
)  # fmt: skip
FILES = Sheet(
    "แหล่งข้อมูล",
    f"""
    SELECT path, status, reason, received_on, container, bytes, sha256
    FROM raw_file WHERE file_id IN ({FILES_OF_PROVINCE}) ORDER BY path""",
    (
        Column("ไฟล์", 70), Column("สถานะ", 16, words="status"), Column("เหตุผล", 40), Column("ได้รับเมื่อ", 13, "date"),
        Column("ชนิดไฟล์", 10), Column("ขนาด (ไบต์)", 14, "count"), Column("ลายนิ้วมือไฟล์ (SHA-256)", 68),
    ),
)  # fmt: skip
SHEETS = (BUDGET_LINES, PROJECTS, INDICATORS, ISSUES, FILES)
SUMMARY_NAME = "สรุป"
SUMMARY_NOTES = (
    "แต่ละแถวในชีตถัดไปคือข้อมูลหนึ่งรายการพร้อมไฟล์ ชีต และเซลล์ที่มา",
    "ช่องว่างหมายถึงไม่มีข้อมูล ไม่ใช่ศูนย์ และวงเงินต่างขั้นกันนำมาบวกกันไม่ได้",
)
# What no spec names stands in no table of the brief; the summary says how many values there are.
UNNAMED_SQL = """
    SELECT count(*) FROM core_indicator
    WHERE province_code = $province_code AND starts_with(indicator_code, 'unnamed_')"""
TOTALS_SQL = """
    SELECT 'บรรทัดงบประมาณ', fiscal_year_be, 'stage', stage, count(*), sum(amount_baht)
    FROM core_budget_line WHERE province_code = $province_code GROUP BY ALL
    UNION ALL
    SELECT 'โครงการ', fiscal_year_be, 'measure', measure, count(DISTINCT project_id), sum(amount_baht)
    FROM out_project_amount WHERE province_code = $province_code GROUP BY ALL
    ORDER BY 1 DESC, 2, 4"""
TOTALS_HEAD = (
    ("ชุดข้อมูล", "text"), ("ปีงบประมาณ", "year"), ("ขั้น", "text"), ("จำนวนรายการ", "count"), ("รวม (บาท)", "money"),
)  # fmt: skip
