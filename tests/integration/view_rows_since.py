"""Rows of what was corrected and of what is otherwise than in the release before, for the small warehouse."""

from __future__ import annotations

from datetime import date
from typing import Any

SINCE: dict[str, list[dict[str, Any]]] = {
    "quality_correction": [
        {"place": f"corrections.csv บรรทัด {number}", "file_id": "plan", "path": "plan.xlsx", "sheet": "แผน"}
        | {
            "cell": f"F{number}",
            "from_text": "ราวพัน",
            "to_text": "1000",
            "who": "นักวิเคราะห์ ก",
            "why": "โทรถามแล้ว",
        }
        | {"corrected_on": date(2022, 11, 6), "province_code": "64", "is_applied": number == 2}
        | {"reason": None if number == 2 else "ช่องนี้มีข้อความอื่น"}
        for number in (2, 3)
    ],
    "quality_finding_change": [
        {"change": change, "rule": "amount_unreadable", "severity": "error", "province_code": "64"}
        | {
            "path": "plan.xlsx",
            "sheet": "แผน",
            "cell": "E14",
            "message_th": f"ข้อความ {change}",
            "earlier_release": "r0",
        }
        for change in ("gone", "stays", "new")
    ],
    "quality_former_submission": [
        {
            "table_id": "t-former",
            "file_id": "former",
            "kind": "project",
            "path": "plan.xlsx",
            "sheet": "แผน",
            "n_rows": 3,
        }
        | {"province_code": "64", "last_release": "r0"}
    ],
}
