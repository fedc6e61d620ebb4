"""The dictionary of heads in DOMAIN.md 2.7 reads as what it says; what is ambiguous alone needs its neighbours."""

from __future__ import annotations

import pytest

from pipeline.layout import load_vocabulary, read_layout
from pipeline.workbook import Sheet

VOCABULARY = load_vocabulary()
FIELDS = {
    "row_no": "ลำดับ · ลำดับที่ · ที่ · ลํ\u0e32ดับ · No. · ข้อ",
    "priority": "ลำดับความสำคัญ",
    "fiscal_year": "ปีงบประมาณ · ปี งปม. · ปีงบฯ · ประจำปีงบประมาณ",
    "year": "พ.ศ. · ปี",
    "project_name": "ชื่อโครงการ · โครงการ · โครงการ/กิจกรรม · แผนงาน/โครงการ · ชื่อแผนงาน/โครงการ · ชื่อโครงการ/กิจกรรมหลัก ·"
    " งาน/โครงการ · ผลผลิต/โครงการ · ผลผลิต/กิจกรรมหลัก/โครงการ · ชุดโครงการ",
    "item": "รายการ",
    "activity": "กิจกรรม · กิจกรรมหลัก · กิจกรรมย่อย · กิจกรรมที่ดำเนินการ · วิธีดำเนินการ · ขั้นตอน",
    "plan_group": "แผนงาน · ประเภทงบประมาณ · ประเด็นการพัฒนา · แนวทางการพัฒนา · ประเด็นยุทธศาสตร์ · ยุทธศาสตร์ · กลยุทธ์ ·"
    " มิติ · เป้าประสงค์",
    "agency": "หน่วยงาน · หน่วยงานรับผิดชอบ · หน่วยงานที่รับผิดชอบ · หน่วยงานรับผิดชอบหลัก · หน่วยงานเจ้าภาพ · เจ้าภาพหลัก ·"
    " หน่วยดำเนินการ · หน่วยปฏิบัติงาน · ส่วนราชการ · กรม · กรมเจ้าของ · กอง · กลุ่มงาน · ฝ่าย/กลุ่มงาน",
    "partner_agency": "หน่วยงานที่เกี่ยวข้อง · หน่วยงานสนับสนุน · หน่วยงานร่วม · ภาคีเครือข่าย",
    "province": "จังหวัด · จ. · เขตจังหวัด · สำนักงานยุติธรรมจังหวัด · สยจ.",
    "area": "พื้นที่ดำเนินการ · พื้นที่เป้าหมาย · สถานที่ · อำเภอ · ตำบล · กลุ่มจังหวัด · เขตตรวจราชการ · พื้นที่",
    "objective": "วัตถุประสงค์ · หลักการและเหตุผล · สาระสำคัญ",
    "target": "เป้าหมาย · เป้าหมายเชิงปริมาณ · เป้าหมายเชิงคุณภาพ · ค่าเป้าหมาย · ผลผลิต (เป้าหมาย)",
    "target_group": "กลุ่มเป้าหมาย · ผู้เข้าร่วม · จำนวนเป้าหมาย (คน)",
    "kpi": "ตัวชี้วัด · ตัวชี้วัดความสำเร็จ · ตัวชี้วัดโครงการ · KPI · ตชว.",
    "unit_of_measure": "หน่วยนับ · หน่วย",
    "expected_result": "ผลที่คาดว่าจะได้รับ · ประโยชน์ที่คาดว่าจะได้รับ",
    "period_text": "ระยะเวลาดำเนินการ · ระยะเวลา · ห้วงเวลา · ช่วงเวลา · กำหนดการ",
    "start_date": "วันที่เริ่มต้น · เริ่ม",
    "end_date": "วันที่สิ้นสุด · สิ้นสุด",
    "fund_source": "แหล่งงบประมาณ · แหล่งของเงิน · แหล่งเงิน · แหล่งที่มาของงบประมาณ · งบจาก · ประเภทงบ",
    "expense_category": "งบรายจ่าย · หมวดงบประมาณ · หมวดงบรายจ่าย · หมวดค่าใช้จ่าย",
    "project_code": "รหัสโครงการ · รหัสงบประมาณ · รหัสแหล่งของเงิน · รหัส eMENSCR",
    "status": "สถานะ · สถานะโครงการ · ผลการดำเนินงาน · ความก้าวหน้า · ความคืบหน้า",
    "issues": "ปัญหา/อุปสรรค · ปัญหาอุปสรรค · ข้อเสนอแนะ · แนวทางแก้ไข",
    "note": "หมายเหตุ · รายละเอียด · คำชี้แจง",
    "person": "ผู้รับผิดชอบ · ผู้รับผิดชอบโครงการ · ผู้ประสานงาน · ชื่อ-สกุล · ชื่อ-นามสกุล · เบอร์ติดต่อ · เบอร์โทร · โทร. ·"
    " โทรศัพท์ · อีเมล์ · E-mail · เลขประจำตัวประชาชน · เลขบัตร ปชช. · ที่อยู่ · Line ID",
}
MEASURES = {
    "budget": "งบประมาณ · งบประมาณ (บาท) · งปม. · วงเงิน · วงเงินงบประมาณ · จำนวนเงิน · จำนวนเงิน (บาท) · เงินงบประมาณ ·"
    " งบฯ · งบประมาณรวม · ประมาณการ",
    "requested": "คำขอ · คำของบประมาณ · คำขอตั้ง · งบประมาณเสนอขอ · เสนอขอ · งบประมาณที่ขอ · ขอตั้งงบประมาณ · เสนอขอรับ ·"
    " วงเงินที่เสนอขอ",
    "allocated": "ได้รับจัดสรร · งบจัดสรร · งบได้รับจัดสรร · งบประมาณที่ได้รับจัดสรร · จำนวนเงินที่จัดสรร · จำนวนเงินที่ได้รับ ·"
    " งบตามแผน · อนุมัติ · งบอนุมัติ · อนุมัติจัดสรร · วงเงินอนุมัติ",
    "appropriated": "งบ พรบ. · งบตาม พ.ร.บ. · พ.ร.บ. · งบ พ.ร.บ. · วงเงินตาม พ.ร.บ.",
    "transferred": "โอน(+/-) · โอนเปลี่ยนแปลง · งบรับโอน · งบโอนออก · งบประมาณที่รับโอน (เพิ่ม/ลด) · จำนวนเงินโอน · โอนจัดสรร ·"
    " เพิ่ม/ลด",
    "net_allocated": "งบสุทธิ · งบประมาณสุทธิ · หลังโอนเปลี่ยนแปลง · งบหลังโอนเปลี่ยนแปลง · คงเหลือหลังโอน",
    "committed": "PO · ผูกพัน · ก่อหนี้ผูกพัน · ผูกพันสัญญา · ยอดผูกพันงบประมาณ · รอจ่าย · ใบสั่งซื้อ · ก่อหนี้",
    "disbursed": "เบิกจ่าย · ผลเบิกจ่าย · ผลการเบิกจ่าย · เบิกจ่ายจริง · เบิกจ่ายแล้ว · เบิกจ่ายสะสม · ใช้จ่ายจริง",
    "spent": "ใช้จ่าย · รวมเบิกจ่าย · รวมใช้ไป · ผูกพัน+เบิกจ่าย",
    "remaining": "คงเหลือ · งบคงเหลือ · คงเหลือทั้งสิ้น · เหลือ · เหลือจ่าย",
    "carried_over": "เงินกันเหลื่อมปี · เงินกันเบิกแทน · กันเงิน · เงินกันไว้เบิกเหลื่อมปี",
}
PERCENTS = "ร้อยละ · % · %เบิก · ร้อยละการเบิกจ่าย · ร้อยละ (ไม่รวม PO) · ร้อยละ (รวม PO) · Not PO"
PERIODS = {
    "Q1": "ไตรมาส 1 · ไตรมาสที่ 1 · ไตรมาส ๑ · Q1 · ไตรมาส 1 (ต.ค.-ธ.ค.) · ต.ค. - ธ.ค. 65",
    "M10": "ต.ค. · ตุลาคม · ต.ค. 63 · ต.ค63 · ตค. 63 · เดือนตุลาคม 2563",
    "M09": "ก.ย. · กันยายน",
    "M05": "พฤษภาคม · พฤศภาคม · พ.ค.65",
    "M07": "กรกฏาคม",
    "span": "รอบ 6 เดือน · ต.ค.-มี.ค. · ครึ่งปีแรก",
}


def _pairs(lists: dict[str, str]) -> list[tuple[str, str]]:
    """Every word of these lists with what it is to be read as."""
    return [(word.strip(), name) for name, words in lists.items() for word in words.split(" · ")]


@pytest.mark.parametrize(("head", "field"), _pairs(FIELDS))
def test_words_of_fields(head: str, field: str) -> None:
    heading = VOCABULARY.read_heading(head)
    assert (heading.field, heading.measure) == (field, None)


@pytest.mark.parametrize(("head", "measure"), _pairs(MEASURES))
def test_words_of_stages_of_money(head: str, measure: str) -> None:
    heading = VOCABULARY.read_heading(head)
    assert (heading.measure, heading.field, heading.is_percent) == (measure, None, False)


@pytest.mark.parametrize("head", PERCENTS.split(" · "))
def test_percentages_are_no_money(head: str) -> None:
    heading = VOCABULARY.read_heading(head.strip())
    assert heading.is_percent
    assert heading.measure is None


@pytest.mark.parametrize(("head", "period"), _pairs(PERIODS))
def test_words_of_periods(head: str, period: str) -> None:
    assert VOCABULARY.read_heading(head).period == period


@pytest.mark.parametrize(
    "head",
    [
        "ผลการเบิกจ่าย ณ วันที่ 31 ธ.ค. 2565",
        "เบิกจ่ายสะสม ณ สิ้นไตรมาส 2",
        "เบิกจ่ายถึงเดือน มิ.ย. 65",
        "เบิกจ่าย (30 ก.ย. 2565)",
    ],
)
def test_a_day_up_to_which_something_is_told_is_no_period_and_no_year(head: str) -> None:
    heading = VOCABULARY.read_heading(head)
    assert (heading.measure, heading.period, heading.year_be) == ("disbursed", None, None)


@pytest.mark.parametrize(
    ("head", "field"),
    [("แผนพัฒนาจังหวัด", "plan_group"), ("ความเชื่อมโยงกับยุทธศาสตร์จังหวัด", "plan_group"), ("งบจังหวัด", None)],
)
def test_a_word_that_holds_the_word_for_province_is_no_province(head: str, field: str | None) -> None:
    assert VOCABULARY.read_heading(head).field == field


@pytest.mark.parametrize("head", ["แผน", "ผล", "จำนวน", "เป้าหมาย", "หน่วย"])
def test_what_is_ambiguous_alone_is_no_money_without_neighbours(head: str) -> None:
    table = read_layout(Sheet("ก", [["ชื่อโครงการ", "งบประมาณ", head], ["โครงการ ก", 5.0, 7.0]]), VOCABULARY)
    assert [column.path[-1] for column in table.money] == ["งบประมาณ"]
