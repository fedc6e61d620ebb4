"""The purge, from what is asked to what is left: the release without it stands before those with it go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline import release
from pipeline.clock import this_day
from pipeline.cluster.processes import in_child
from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, NothingToPublish, UsageError
from pipeline.lock import held
from pipeline.operation.events import note_event
from pipeline.provinces import load_gazetteer
from pipeline.refresh import make_release
from pipeline.release.condemned import read_condemned
from pipeline.release.kept import remove_condemned
from pipeline.settings import Settings
from pipeline.stages import Progress
from pipeline.tombstones import TOMBSTONES_FILE, load_reasons, read_tombstones, write_tombstones
from pipeline.unchanged import REFRESH, list_run_inputs


@dataclass(frozen=True)
class Order:
    """What the command line says.

    Attributes:
        file: the file; None where a province is meant.
        province_code: the province; None where a file is meant.
        reason: the code of why.
        is_sure: whether it is done, and not only told.
        withdraws: whether the published release goes even where none can take its place.
    """

    file: str | None
    province_code: str | None
    reason: str | None
    is_sure: bool = False
    withdraws: bool = False


def purge(settings: Settings, order: Order, progress: Progress) -> tuple[int, list[str]]:
    """Take a submission out of RAW, the cache, the logs and every release; returns the exit code and lines to print.

    Raises:
        UsageError: there is no such file, province or reason; nothing was touched.
        NothingToPublish: no release without it can be made; what can go went, and the published one stands.
        AlreadyRunning: another process works on the same releases.
    """
    from pipeline.purge import Asked, clear, find_holding, list_left, tell_done, tell_plan

    _check(order)
    with held(settings.out, "purge"):
        holding = in_child(lambda _: find_holding(settings, Asked(order.file, order.province_code)))
        if not order.is_sure:
            told = "ยังไม่ได้ลบสิ่งใด  ลบจริง: เพิ่ม --yes --reason " + "|".join(load_reasons())
            return EXIT_DONE, [*tell_plan(settings, holding), told]
        today = this_day()
        clear(settings, holding, on=today, reason=str(order.reason))
        _take_its_place(settings, progress, withdraws=order.withdraws)
        remove_condemned(settings.out)
        left = list_left(settings)
        counts = {"files": len(holding.received), "releases": len(holding.releases), "left": len(left)}
        note_event(settings.out, "purged", reason=order.reason, **counts)
    return EXIT_ATTENTION if left or holding.shared else EXIT_DONE, tell_done(holding, left)


def _check(order: Order) -> None:
    """Hold the command line to what can be done."""
    if (order.file is None) == (order.province_code is None):
        raise UsageError("ใส่อย่างใดอย่างหนึ่ง: purge --file ที่อยู่หรือค่าแฮช หรือ purge --province รหัสจังหวัด")
    reasons = load_reasons()
    if order.is_sure and order.reason not in reasons:
        told = "  ".join(f"{code} ({meaning})" for code, meaning in reasons.items())
        raise UsageError(f"ต้องบอกเหตุด้วย --reason: {told}")


def _take_its_place(settings: Settings, progress: Progress, *, withdraws: bool) -> None:
    """Publish a release without it where the published one has it."""
    published = release.resolve_current(settings.out)
    if published is None or published.name not in read_condemned(settings.out):
        return
    asked = _as_published(settings)
    try:
        make_release(asked, progress, list_run_inputs(asked))
    except NothingToPublish:
        if not withdraws:
            raise NothingToPublish(
                f"ลบจาก RAW แล้ว แต่ไม่เหลือไฟล์ที่อ่านได้ จึงไม่มีฉบับใหม่มาแทน และฉบับ {published.name} ที่มีข้อมูลนั้นยังเผยแพร่อยู่  "
                "วางไฟล์อื่นแล้วพิมพ์คำสั่งนี้อีกครั้ง หรือถอนฉบับนั้นด้วย --withdraw"
            ) from None
        release.withdraw(settings.out)


def _as_published(settings: Settings) -> Settings:
    """The settings of a whole run, about the provinces and the year that the published release is about."""
    published = release.resolve_current(settings.out)
    whole = replace(settings, is_full=True)
    if published is None:
        return whole
    record = release.read_record(published)
    if record["made_of"].get(REFRESH, {}).get("asked") == list_run_inputs(whole)["asked"]:
        return whole
    by_slug = {one.slug: code for code, one in load_gazetteer().provinces.items()}
    codes = tuple(sorted(by_slug[slug] for slug in record["briefs"] if slug in by_slug))
    return replace(whole, province_codes=codes, fiscal_year_be=record["counts"]["fiscal_year_be"])


def lift_stone(settings: Settings, digest: str) -> tuple[int, list[str]]:
    """Let a content that was purged come again; returns the exit code and lines to print.

    Raises:
        UsageError: no content, or more than one, has such a digest.
    """
    with held(settings.out, "purge"):
        stones = read_tombstones(settings.raw)
        found = [one for one in stones if one.startswith(digest.lower())]
        if len(found) != 1:
            raise UsageError(
                f"{TOMBSTONES_FILE} มี {len(found)} รายการที่ขึ้นต้นด้วย {digest}  ใส่ค่าแฮชให้ตรงรายการเดียว"
            )
        write_tombstones(settings.raw, (stone for one, stone in stones.items() if one != found[0]))
    return EXIT_DONE, [f"รับเนื้อหา {found[0][:12]} ได้อีก  วางไฟล์ใน RAW แล้วพิมพ์ make refresh"]
