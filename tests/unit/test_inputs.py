"""What a result depends on, told by digests."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from pipeline import inputs


def test_an_installed_package_of_another_version_is_another_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda kind: str(tmp_path / kind))
    for place in ("purelib/pure-1.0.dist-info", "platlib/built-1.0.dist-info"):
        (tmp_path / place).mkdir(parents=True)
    before = inputs.digest_packages()
    assert inputs.list_packages() == ["built-1.0.dist-info", "pure-1.0.dist-info"]
    for kind, name in (("purelib", "pure"), ("platlib", "built")):
        old, new = (tmp_path / kind / f"{name}-{version}.dist-info" for version in ("1.0", "1.1"))
        old.rename(new)
        assert inputs.digest_packages() != before
        new.rename(old)
    assert inputs.digest_packages() == before
