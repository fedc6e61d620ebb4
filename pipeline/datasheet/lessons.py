"""The sheets of national/lessons/data.xlsx: what was received, how it was read, and what became of it, row by row."""

from __future__ import annotations

from pipeline.datasheet.sheets import PLACE, Column, Sheet

_OWN = (Column("รหัสจังหวัด", 10), Column("ชนิดข้อมูล", 20, words="kind"))
_SHEET_OF_FILE = PLACE[:2]
_SEVERITY, _RULE = Column("ระดับ", 14, words="severity"), Column("รหัสกฎ", 28)
TABLES = Sheet(
    "ตารางที่อ่าน",
    """
    SELECT province_code, kind, path, sheet, cell_range, status, refused_rule, reason, confidence, n_records,
           n_unknown_heads, received_on
    FROM out_table_reading ORDER BY path, sheet, cell_range""",
    (
        *_OWN, *_SHEET_OF_FILE, Column("ช่วงเซลล์", 12), Column("สถานะ", 16, words="status"), Column("เหตุ (รหัส)", 22),
        Column("เหตุผลที่ปฏิเสธ", 60), Column("ความมั่นใจ (เต็ม 1)", 12, "number"), Column("ระเบียน", 11, "count"),
        Column("หัวที่ไม่รู้จัก", 11, "count"), Column("ได้รับเมื่อ", 13, "date"),
    ),
)  # fmt: skip
HEADS = Sheet(
    "หัวที่ไม่รู้จัก",
    """
    SELECT value, rule, province_code, path, sheet, cell, message_th
    FROM quality_issue WHERE rule IN ('column_unknown', 'indicator_unnamed')
    ORDER BY value, path, sheet, cell, province_code""",
    (Column("หัวคอลัมน์", 40), _RULE, Column("รหัสจังหวัด", 10), *PLACE, Column("ข้อค้นพบ", 60)),
)
COUNTED = Sheet(
    "ข้อค้นพบตามไฟล์",
    """
    SELECT path, province_code, severity, rule, count(*)
    FROM quality_issue GROUP BY path, province_code, severity, rule
    ORDER BY path, province_code, list_position(['error', 'warning', 'info'], severity), rule""",
    (PLACE[0], Column("รหัสจังหวัด", 10), _SEVERITY, _RULE, Column("รายการ", 10, "count")),
)
TIMES = Sheet(
    "วันจนไม่มีข้อผิดพลาด",
    """
    SELECT province_code, kind, year_be, n_files, first_received_on, first_clean_on, days_to_clean
    FROM out_clean_time ORDER BY province_code, kind, year_be""",
    (
        *_OWN, Column("พ.ศ.", 9, "year"), Column("ไฟล์", 9, "count"), Column("ได้รับครั้งแรก", 13, "date"),
        Column("ไม่มีข้อผิดพลาดเมื่อ", 13, "date"), Column("จำนวนวัน", 11, "count"),
    ),
)  # fmt: skip
HISTORY = Sheet(
    "ประวัติการส่ง",
    """
    SELECT province_code, kind, fiscal_year_be, path, sheet, received_on, status, replaced_by_path, n_rows, n_added,
           n_removed, n_changed
    FROM out_submission_history ORDER BY province_code, kind, fiscal_year_be, path, sheet""",
    (
        *_OWN, Column("ปีงบประมาณ", 11, "year"), *_SHEET_OF_FILE, Column("ได้รับเมื่อ", 13, "date"),
        Column("สถานะ", 16, words="status"), Column("ไฟล์ที่มาแทน", 44), Column("แถว", 10, "count"),
        Column("เพิ่ม", 9, "count"), Column("หาย", 9, "count"), Column("แก้ไข", 9, "count"),
    ),
)  # fmt: skip
CORRECTED = Sheet(
    "ช่องที่แก้",
    """
    SELECT province_code, path, sheet, cell, corrected_on, is_applied, why, reason
    FROM out_correction ORDER BY path, sheet, cell""",
    (
        Column("รหัสจังหวัด", 10), *PLACE, Column("แก้เมื่อ", 13, "date"), Column("ใช้แล้ว", 10, words="yes_no"),
        Column("เหตุที่แก้", 50), Column("เหตุที่ไม่ได้ใช้", 50),
    ),
)  # fmt: skip
READERS = Sheet(
    "คำตอบของผู้อ่าน",
    """
    SELECT province_code, fiscal_year_be, question, n_scores, mean_score, n_1, n_2, n_3, n_4, n_5, n_words
    FROM out_feedback ORDER BY province_code, fiscal_year_be, question""",
    (
        Column("รหัสจังหวัด", 10), Column("ปีงบประมาณ", 11, "year"), Column("คำถาม (รหัส)", 26),
        Column("ผู้ตอบ (คน)", 11, "count"), Column("เฉลี่ย (1-5)", 11, "number"),
        *(Column(f"ให้ {score}", 8, "count") for score in range(1, 6)), Column("ความเห็น", 10, "count"),
    ),
)  # fmt: skip
LESSONS_SHEETS = (TABLES, HEADS, COUNTED, TIMES, HISTORY, CORRECTED, READERS)
LESSONS_TITLE = "ข้อมูลของบทเรียนจากการส่ง"
LESSONS_NOTES = (
    "แต่ละแถวคือสิ่งที่นับในเอกสารบทเรียน พร้อมไฟล์และชีต ชีตที่ไม่มีแถวหมายถึงยังไม่มีเรื่องนั้น",
    "ตารางที่เหตุเป็น set_aside หรือ table_blank และแบบประเมินของผู้อ่าน ไม่นับเป็นตารางข้อมูล",
)
