"""What jcdata raises and warns of. All of it is public as `jcdata.NAME`."""

from __future__ import annotations

from jcdata.messages import Message


class JcdataError(Exception):
    """The base of every exception of jcdata's own."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of the calls that led here: these errors say what to do."""
        return [f"{type(self).__name__}: {self}"]


class AmountError(JcdataError, ValueError):
    """A text that is not a figure, or not one that the database can hold exactly."""


class ComparisonError(JcdataError):
    """A document that is not there, that can't be read or that would be compared with itself."""


class CorrectionError(JcdataError, ValueError):
    """A list of corrections that can't be read, or an entry that is not complete."""


class DatabaseError(JcdataError):
    """A database that is not there, or can't be opened or written; a folder that its queries can't have, or a query too long."""


class DamagedError(DatabaseError):
    """A database in which bytes were changed or lost. `jcdata build` makes it anew."""


class DocumentError(JcdataError):
    """A file that can't be read. `line_no` is None where the fault has no line."""

    def __init__(self, reason: Message, line_no: int | None = None, line_text: str = "") -> None:
        super().__init__(reason)
        self.reason, self.line_no, self.line_text = reason, line_no, line_text


class UnopenedError(DocumentError):
    """A file that is there and can't be opened: what was read of it before may still be true."""


class MissingExtraError(JcdataError, ImportError):
    """Something of an extra that is not installed; the message has the command that brings it."""


class OutputError(JcdataError):
    """A place where nothing is written, as what is there is not ours to replace, or a PDF file that no browser prints."""


class ReviewError(JcdataError, ValueError):
    """A list of reviews that can't be read, or an entry that is not complete; the message names its line."""


class SelectionError(JcdataError, LookupError):
    """A document, line, unit, year, kind of document or dimension that the database does not have; the message names those that it has."""


class SpecError(JcdataError, ValueError):
    """A specification file that says something the program does not know."""


class WorkerError(JcdataError):
    """A worker of a cluster that can't take part in a build, because it would read another way."""


class WorkerEndedError(JcdataError):
    """The process is gone; with `file_name`, that was reading this file, because it took too long if `is_overdue`."""

    def __init__(self, file_name: str, is_overdue: bool) -> None:
        super().__init__(file_name)
        self.file_name = file_name
        self.is_overdue = is_overdue


class MissingFontWarning(UserWarning):
    """No font of this machine has Chinese characters, so that images drawn on it show boxes."""
