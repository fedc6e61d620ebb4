"""The words of the cover and of the running header, the same in every format."""

from __future__ import annotations

from pipeline.render.assemble import Cover

SAMPLE_WORDS = "ข้อมูลตัวอย่าง"
PROVINCE = "จังหวัด"
NATION = "ทั้งประเทศ"


def cover_facts(cover: Cover) -> list[tuple[str, str]]:
    """What the cover says beside its title: a label and a value each, without those that are empty."""
    facts = [
        ("ปีงบประมาณ พ.ศ.", str(cover.fiscal_year_be)),
        ("ข้อมูล ณ วันที่", cover.data_cutoff),
        ("ชุดข้อมูลที่เผยแพร่", cover.release),
        ("สถานะ", cover.status),
        ("คุณภาพข้อมูล", cover.grade),
    ]
    return [(name, value) for name, value in facts if value]


def province_name(cover: Cover) -> str:
    """The province with its word; Bangkok and the nation have none.

    >>> from dataclasses import replace
    >>> from pipeline.render.assemble import Cover
    >>> sukhothai = Cover("ก", "", "สุโขทัย", 2565, "", "r1", "", False, ())
    >>> province_name(sukhothai), province_name(replace(sukhothai, province="กรุงเทพมหานคร"))
    ('จังหวัดสุโขทัย', 'กรุงเทพมหานคร')
    """
    if cover.province.startswith((PROVINCE, "กรุงเทพ", NATION)):
        return cover.province
    return PROVINCE + cover.province


def running_header(cover: Cover) -> tuple[str, str]:
    """The left and the right of the header of every page: the brief and its province; the release.

    A brief of sample data, or of data that has not passed, says so first, on the right.
    """
    left = f"{cover.title} · {province_name(cover)}"
    if province_name(cover) in cover.title or cover.province in cover.title:
        left = cover.title
    if cover.is_draft:
        # Both would not stand on one line.
        left = province_name(cover)
    right = [SAMPLE_WORDS] if cover.is_sample else []
    right += [cover.status] if cover.is_draft else []
    return left, " · ".join([*right, cover.release] if cover.release else right)
