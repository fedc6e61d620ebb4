"""Notes a form that was read as it should be in known_forms.yml, so that it is read the same way again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from pipeline.clock import this_day
from pipeline.errors import SpecError, UsageError
from pipeline.inspect.model import SheetView
from pipeline.layout.forms import FORMS_FILE, load_forms
from pipeline.settings import SPECS


def remember_form(views: Iterable[SheetView], name: str, *, who: str, folder: Path = SPECS) -> str:
    """Append the form of the sheets' tables, as understood, to known_forms.yml; returns its fingerprint.

    Raises:
        UsageError: no table was understood, several forms are among them, or the form is known already.
    """
    forms = {table["fingerprint"]: table["form"] for view in views for table in view.tables if table["form"]}
    if not forms:
        raise UsageError("ไม่มีตารางที่อ่านหัวได้ จึงจำแบบไม่ได้  บอกแถวหัวตารางและคอลัมน์ใน overrides.csv ก่อน")
    if len(forms) > 1:
        raise UsageError(f"มี {len(forms)} แบบในไฟล์นี้  เลือกชีตด้วย --sheet ให้เหลือแบบเดียว")
    ((fingerprint, form),) = forms.items()
    known = load_forms().get(fingerprint)
    if known:
        raise UsageError(f"จำแบบนี้ไว้แล้วในชื่อ {known.name}  แก้ใน {FORMS_FILE} ได้โดยตรง")
    entry = {
        "name": name,
        "fingerprint": fingerprint,
        "noted_by": who,
        "noted_on": this_day().isoformat(),
        **form,
    }
    _append(folder / FORMS_FILE, yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=160))
    return str(fingerprint)


def _append(path: Path, text: str) -> None:
    """Append an entry; the file is left as it was where the entry does not read."""
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before.rstrip()}\n\n{text}", encoding="utf-8")
    load_forms.cache_clear()
    try:
        load_forms()
    except SpecError:
        path.write_text(before, encoding="utf-8")
        raise
