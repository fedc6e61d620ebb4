"""Every exception of the pipeline and the exit code that each leads to, on one page.

Exit codes of every verb: 0 done and nothing to look at, 3 done and published but something needs attention,
4 nothing published and the release before stands, 2 wrong usage, 1 a bug.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_BUG = 1
EXIT_USAGE = 2
EXIT_ATTENTION = 3
EXIT_NOT_PUBLISHED = 4


class PipelineError(Exception):
    """What every error of ours is; never raised itself."""

    exit_code = EXIT_NOT_PUBLISHED


class UsageError(PipelineError):
    """The command's words are off: one line that says what to type instead."""

    exit_code = EXIT_USAGE


class SpecError(PipelineError):
    """A file under specs/ is wrong: names the file, the line where known, and what is expected."""


class SourceError(PipelineError):
    """A file, a sheet or a table cannot be used: it is refused with this reason and the run goes on.

    Args:
        code: the rule's stable English code, as in quality_issue.rule.
        message_th: what was found, what is expected and what to do, in Thai, for the analyst.
    """

    def __init__(self, code: str, message_th: str) -> None:
        super().__init__(message_th)
        self.code = code
        self.message_th = message_th


class CellError(PipelineError):
    """One cell cannot be read; it becomes a finding at that cell.

    Args:
        code: the rule's stable English code.
        message_th: what was found and what to write instead, in Thai.
        proposal: a reading that a person may confirm; it is never used unconfirmed.
    """

    def __init__(self, code: str, message_th: str, *, proposal: str | None = None) -> None:
        super().__init__(message_th)
        self.code = code
        self.message_th = message_th
        self.proposal = proposal


class CheckFailed(PipelineError):
    """The data fails a check that blocks publishing."""


class BriefFailed(PipelineError):
    """A province's notebook failed; names the executed copy that shows where."""


class AlreadyRunning(PipelineError):
    """Another process works on the same folder of releases: says which one."""


class NothingToPublish(PipelineError):
    """No input could be read: nothing is published and the release before it stands."""


class StopAsked(BaseException):
    """Somebody stops the run; no Exception, so that nothing on the way takes it for a fault.

    Nor a KeyboardInterrupt: the interpreter ends itself by a signal where one crossed an import, whoever caught it.
    """
