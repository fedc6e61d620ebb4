"""The sheets of national/data.xlsx: every province beside each other, one sheet a question."""

from __future__ import annotations

from pipeline.datasheet.sheets import Column, Sheet

_PROVINCE = (Column("รหัส", 8), Column("จังหวัด", 18))
SUBMISSIONS = Sheet(
    "สถานะการส่ง",
    """
    SELECT province_code, name_th, kind, n_received, n_passed, n_waiting, n_refused, n_replaced, n_errors, received_on
    FROM out_submission_board ORDER BY province_code NULLS LAST, kind""",
    (
        *_PROVINCE, Column("ชนิดข้อมูล", 22, words="kind"), Column("ได้รับ (ไฟล์)", 12, "count"),
        Column("ผ่าน", 10, "count"), Column("รอแก้ไข", 10, "count"), Column("ปฏิเสธ", 10, "count"),
        Column("มีฉบับใหม่แทนหรือซ้ำ", 14, "count"), Column("ต้องแก้ไข (รายการ)", 14, "count"),
        Column("ได้รับล่าสุด", 13, "date"),
    ),
)  # fmt: skip
GRADES = Sheet(
    "คุณภาพข้อมูล",
    """
    SELECT g.province_code, p.name_th, g.grade, g.score, g.completeness_pct, g.validity_pct, g.reconciliation_pct,
           g.timeliness_pct
    FROM out_quality_grade AS g JOIN core_province AS p USING (province_code) ORDER BY g.province_code""",
    (
        *_PROVINCE, Column("เกรด", 8), Column("คะแนน", 10, "number"), Column("ครบถ้วน (ร้อยละ)", 14, "number"),
        Column("ถูกต้อง (ร้อยละ)", 14, "number"), Column("บวกลบตรงกัน (ร้อยละ)", 14, "number"),
        Column("ตรงเวลา (ร้อยละ)", 14, "number"),
    ),
)  # fmt: skip
MONEY = Sheet(
    "เงิน",
    """
    SELECT province_code, province_name, figure, fiscal_year_be, stage, n, amount_baht
    FROM out_money_by_stage WHERE n > 0 ORDER BY province_code, figure, fiscal_year_be, stage""",
    (
        *_PROVINCE, Column("ชุดข้อมูล", 20, words="kind"), Column("ปีงบประมาณ", 11, "year"), Column("ขั้น (รหัส)", 16),
        Column("จำนวนรายการ", 12, "count"), Column("บาท", 20, "money"),
    ),
)  # fmt: skip
RATES = Sheet(
    "อัตราตัวชี้วัด",
    """
    SELECT r.province_code, p.name_th, r.indicator_name, r.year_be, r.value, r.unit, r.rate, r.rate_per, r.rate_low,
           r.rate_high, r.is_small_number, r.source
    FROM out_indicator_rate AS r JOIN core_province AS p USING (province_code)
    WHERE r.rate IS NOT NULL
    QUALIFY r.year_be = max(r.year_be) OVER (PARTITION BY r.indicator_code)
    ORDER BY r.indicator_name, r.province_code""",
    (
        *_PROVINCE, Column("ตัวชี้วัด", 44), Column("ปี พ.ศ.", 9, "year"), Column("ค่า", 14, "number"), Column("หน่วย", 12),
        Column("อัตรา", 12, "number"), Column("ต่อ", 12, "count"), Column("ช่วงร้อยละ 95 ต่ำ", 13, "number"),
        Column("ช่วงร้อยละ 95 สูง", 13, "number"), Column("จำนวนน้อย", 11, words="yes_no"), Column("แหล่งข้อมูล", 40),
    ),
)  # fmt: skip
RULES = Sheet(
    "ข้อค้นพบตามกฎ",
    """
    SELECT i.province_code, p.name_th, i.severity, i.rule, i.n_issues, i.n_files, i.example_th
    FROM out_issue_summary AS i LEFT JOIN core_province AS p USING (province_code)
    ORDER BY list_position(['error', 'warning', 'info'], i.severity), i.rule, i.province_code NULLS LAST""",
    (
        *_PROVINCE, Column("ระดับ", 14, words="severity"), Column("รหัสกฎ", 30), Column("รายการ", 10, "count"),
        Column("ไฟล์", 10, "count"), Column("ตัวอย่าง", 70),
    ),
)  # fmt: skip
NATIONAL_SHEETS = (SUBMISSIONS, GRADES, MONEY, RATES, RULES)
NATIONAL_TITLE = "ข้อมูลของทุกจังหวัด"
NATIONAL_NOTES = (
    "หนึ่งชีตคือหนึ่งคำถาม ทุกจังหวัดอยู่ด้วยกัน เพื่อการเรียนรู้ ไม่ใช่การจัดอันดับ",
    "ช่องว่างหมายถึงไม่มีข้อมูล ไม่ใช่ศูนย์ และวงเงินต่างขั้นกันนำมาบวกกันไม่ได้",
)
