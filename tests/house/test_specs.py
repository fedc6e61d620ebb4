"""Every spec loads, and a wrong one is told by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.alignment.rules import load_rules
from pipeline.collection.feedback import load_feedback
from pipeline.errors import SpecError
from pipeline.findings import load_messages
from pipeline.ingest.kinds import load_kinds
from pipeline.layout import load_vocabulary
from pipeline.provinces import load_gazetteer
from pipeline.records import load_catalogue
from pipeline.reference import load_tables
from pipeline.reference.agencies import load_book
from pipeline.reference.groups import list_groups
from pipeline.specs import load_csv, load_yaml


def test_every_spec_loads() -> None:
    assert len(load_gazetteer().provinces) == 77
    assert len(load_catalogue().definitions) >= 15
    assert {"requested", "allocated", "disbursed", "budget"} <= {
        name for kind, name in load_vocabulary().exact.values() if kind == "measure"
    }
    assert len(load_kinds()) == 4
    assert len(load_tables()) == 8
    assert {row["scheme"] for row in list_groups()} >= {"cluster18", "region4", "region6", "police_region"}
    assert load_book().resolve("สยจ.สุโขทัย").agency_code == "justice_office"
    assert load_rules().plan_id == "njamp_4"
    assert load_feedback()["rows"] > 0
    assert set(load_messages()) >= {"amount_unreadable", "province_unknown", "personal_data"}


def test_a_broken_yaml_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "wrong.yml").write_text("fields:\n  row_no: [ลำดับ\nmore: 1\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"wrong\.yml, line \d"):
        load_yaml("wrong.yml", folder=tmp_path)


def test_a_short_csv_row_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("alias,province_code\nกทม.,10\nโคราช\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"wrong\.csv, line 3"):
        load_csv("wrong.csv", folder=tmp_path, columns=("alias", "province_code"))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("alias\nกทม.\n", encoding="utf-8")
    with pytest.raises(SpecError, match="province_code"):
        load_csv("wrong.csv", folder=tmp_path, columns=("alias", "province_code"))
