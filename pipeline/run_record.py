"""What a run came to so far: kept between stages, and written down as run.json at the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import __version__, release
from pipeline.cluster.processes import in_child
from pipeline.errors import EXIT_ATTENTION, EXIT_DONE
from pipeline.settings import Settings


@dataclass
class Outcome:
    """What a verb came to, for the summary and run.json.

    Attributes:
        exit_code: see pipeline.errors.
        release: the published release's folder; None where nothing was published.
        counts: files by status, rows, findings by severity, briefs.
        seconds: by stage.
        peaks: the most memory that one process had until the end of each stage, in MB.
        notes: lines for the person who ran it.
        made_of: by stage, the digests of what its result depends on; see pipeline.inputs.
        kept: by slug, the release that each brief was made in and its files; see pipeline.briefs.again.
        pages: by file, what its pages show and the pages; see pipeline.inspect.again.
    """

    exit_code: int = EXIT_DONE
    release: Path | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    made_of: dict[str, dict[str, str]] = field(default_factory=dict)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)


def decide_exit_code(outcome: Outcome) -> int:
    """Tell whether somebody should look: a refused file, a finding above info, a brief or a return that failed."""
    findings = outcome.counts["findings"]
    needs_attention = (
        outcome.counts["files"].get("refused")
        or findings.get("error")
        or findings.get("warning")
        or outcome.counts.get("failed_briefs")
        or outcome.counts.get("failed_returns")
    )
    return EXIT_ATTENTION if needs_attention else EXIT_DONE


def write_run_record(settings: Settings, outcome: Outcome) -> None:
    """Write run.json."""
    from pipeline.state import list_inputs, list_versions

    record = {
        "release": outcome.counts["release"],
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "pipeline": __version__,
        "versions": list_versions(),
        "counts": outcome.counts,
        "seconds": outcome.seconds,
        "peak_mb": outcome.peaks,
        "exit_code": outcome.exit_code,
        "inputs": in_child(lambda _: list_inputs(settings.database)),
        "made_of": outcome.made_of,
        "briefs": outcome.kept,
        "pages": outcome.pages,
    }
    text = json.dumps(record, ensure_ascii=False, indent=2, default=str)
    (settings.build / "run.json").write_text(text + "\n", encoding="utf-8")


def save_state(settings: Settings, outcome: Outcome) -> None:
    """Keep what the stages so far came to, for the stages that follow in another command."""
    kept = {"counts": outcome.counts, "seconds": outcome.seconds, "made_of": outcome.made_of}
    text = json.dumps(kept, ensure_ascii=False)
    (settings.build / release.STATE).write_text(text, encoding="utf-8")


def load_state(settings: Settings) -> Outcome:
    """Go on from what an earlier command left, or from the published release."""
    outcome = Outcome()
    published = release.resolve_current(settings.out)
    for source in (settings.build / release.STATE, *([published / "run.json"] if published else [])):
        if source.exists():
            state = json.loads(source.read_text(encoding="utf-8"))
            outcome.counts, outcome.seconds = state["counts"], state["seconds"]
            outcome.made_of = state.get("made_of", {})
            # That a whole run made it can be said of the release that this run made only.
            outcome.made_of.pop("refresh", None)
            break
    return outcome
