"""A notebook as executed, written here, from which the tests of rendering make the three formats."""

from __future__ import annotations

import base64
import copy
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
from PIL import Image

from pipeline.render.assemble import COVER_MIME

# Each has a cluster that a PDF easily loses: sara am under and without a tone mark, marks over ป ฝ ฟ, marks over ั ิ ึ,
# vowels under ญ ฐ ฎ ฏ, thanthakhat over a vowel.
HARD_WORDS = (
    "กำหนด น้ำท่วม ต่ำกว่า ค่ำ ป้ำ สำนักงาน จำนวน ปั้น ฟื้นฟู ปี่ ป่า ฝ่าย ฟ้อง นั้น ครั้ง ทั้งสิ้น ตั้งแต่ กิ่ง สิ่ง หนึ่ง ซึ่ง "
    "ยั่งยืน มื้อ เพื่อ ญี่ปุ่น ผู้สูงอายุ ญุ ฐุ ฎุ ฏู สิทธิ์ พันธุ์ เก้าอี้ ๆ ฯลฯ ๑๒๓ กั๊ก ปิ๋ว เป็น ไก่ แก้"
)
COVER = {
    "title": "เอกสารสรุปการบริหารงานยุติธรรม", "subtitle": "ปีงบประมาณ พ.ศ. 2565", "province": "สุโขทัย",
    "fiscal_year_be": 2565, "data_cutoff": "5 พฤศจิกายน 2565", "release": "20221201-0930", "status": "ร่าง",
    "is_sample": True, "notes": ["ใช้ประกอบการประชุม <เท่านั้น>"],
}  # fmt: skip
SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 160 60" width="160pt" height="60pt"><defs><path id="Sarabun-e01" d="M0 0L9 0L9 9Z"/>'
    '<clipPath id="p1"><rect width="160" height="60"/></clipPath></defs><script>alert(1)</script>'
    '<g id="unused" clip-path="url(#p1)">'
    '<use xlink:href="#Sarabun-e01" x="5" y="5"/></g></svg>'
)
ITEM = "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็กพร้อมระบบระบายน้ำ สายบ้านใหม่ ตำบลปากแคว อำเภอเมืองสุโขทัย จังหวัดสุโขทัย "
ROWS = 60
TABLE = (
    "| ที่ | รายการ | วงเงิน (บาท) |\n|---:|:---|---:|\n"
    + "".join(f"| {number} | {ITEM * (1 + number % 3)} | 1,234,567.50 |\n" for number in range(1, ROWS + 1))
    + "\n: ตารางที่ 1 รายการ\n"
)
NOTE = '\n::: {.source custom-style="Source Note"}\nที่มา: แฟ้มตัวอย่าง\n:::\n'
SIGNS = "ลดลง -36.5 -- 1-2 --- 2022-3-13 ~ ... 'ก' [ข] #ค =ง +จ /ฉ //ช ร้อยละ -5"
TEXT = (
    f"# 1 บทสรุป\n\n{HARD_WORDS}\n\n## 1.1 ข้อสังเกต\n\n"
    f"{SIGNS}\n\n"
    'คำ "ในเครื่องหมาย" -- <script>alert(1)</script> $x$ @a \\alpha ดู[ตารางที่ 1](#tbl-1) และ[ที่ไม่มี](#nowhere)'
    "\n\n- หนึ่ง\n- สอง"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def png() -> str:
    packed = BytesIO()
    Image.new("RGB", (320, 120), "white").save(packed, "PNG")
    return base64.b64encode(packed.getvalue()).decode("ascii")


def displayed(data: dict[str, Any], **brief: Any) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("display_data", data=data, metadata={"brief": brief} if brief else {})
    return nbformat.v4.new_code_cell("hidden_code()", outputs=[output])


def figure(**changes: Any) -> nbformat.NotebookNode:
    brief = {
        "kind": "figure",
        "id": "fig-1",
        "caption": "ภาพที่ 1 แนวโน้ม",
        "alt": "กราฟเส้นที่สูงขึ้น",
        "source": "สำนักงานตำรวจแห่งชาติ",
        "width_cm": 16,
    } | changes
    return displayed({"image/svg+xml": SVG, "image/png": png()}, **brief)


def cells() -> list[nbformat.NotebookNode]:
    return [
        displayed({COVER_MIME: copy.deepcopy(COVER), "text/plain": "cover"}),
        nbformat.v4.new_markdown_cell(TEXT),
        nbformat.v4.new_code_cell(
            "print()",
            outputs=[
                nbformat.v4.new_output("stream", name="stdout", text="must not show\n"),
                nbformat.v4.new_output(
                    "execute_result", data={"text/plain": "nor this", "text/html": "<b>nor that</b>"}
                ),
            ],
        ),
        displayed({"text/markdown": TABLE + NOTE}, kind="table", id="tbl-1"),
        displayed({"text/markdown": "\\newpage"}),
        nbformat.v4.new_markdown_cell("# 2 สถานการณ์"),
        figure(),
        displayed({"text/markdown": "ย่อหน้าสุดท้าย"}),
    ]


def write(path: Path, notebook_cells: list[nbformat.NotebookNode]) -> Path:
    notebook = nbformat.v4.new_notebook()
    notebook.cells = notebook_cells
    nbformat.write(notebook, path)
    return path
