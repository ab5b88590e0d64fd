"""What reviewers decided about findings: `reviews.toml`, beside the database.

    [[review]]
    finding = "0123456789ab"        # as `jcdata check` prints it
    verdict = "dismissed"           # or "accepted"
    reason = "..."
    by = "..."                      # who decided; may be left out
    on = 2031-05-04                 # may be left out
    stated = "2400500"              # what the finding said then, as check_results has it: where it says something else
    computed = "2405000"            # now, the mark is stale and decides nothing; each may be left out
    message = "..."                 # the same for a finding without figures: its Chinese message

Of several marks of one finding the last counts.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from jcdata.errors import ReviewError
from jcdata.messages import Message
from jcdata.schema import FAULTS_OF_REVIEWS, VERDICTS, Finding, Review, StaleReview

_REQUIRED = {"finding", "verdict", "reason"}
_OPTIONAL = {"by", "on", "stated", "computed", "message"}
_FINDING_ID = re.compile(r"[0-9a-f]{12}")
_HEADER = re.compile(r"\s*\[\[\s*[\"']?review[\"']?\s*\]\]")
_DIGITS, _DECIMALS = (
    18,
    6,
)  # of a figure of the database, DECIMAL(24,6): before the point and behind it


def read_reviews(path: Path) -> list[Review]:
    """The marks that a file holds, none if there is no such file. Raises ReviewError."""
    if not path.exists():
        return []
    try:
        return parse_reviews(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ReviewError) as error:
        raise ReviewError(Message(f"{path}: {error}", "复核清单无法读取")) from error


def parse_reviews(text: str) -> list[Review]:
    """The marks of a text in the order of their findings. Raises ReviewError, which names the line of what is wrong."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        end = f"at line {text.count(chr(10)) + 1}, the end of the file"
        raise ReviewError(str(error).replace("at end of document", end)) from error
    entries = content.pop("review", [])
    if content or not isinstance(entries, list):
        raise ReviewError(f"only [[review]] may stand in it, not {', '.join(content) or 'review'}")
    marks: dict[str, Review] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            mark = _review(entry)
        except ReviewError as error:
            raise ReviewError(f"review {number}{_line_of(text, number)}: {error}") from error
        marks[mark.finding_id] = mark
    return [marks[finding_id] for finding_id in sorted(marks)]


def entry_of(finding: Finding, verdict: str, reason: str, by: str | None, on: datetime.date) -> str:
    """The lines that mark a finding, with what it says now.

    Raises ReviewError for a verdict that there is not, or a reason without words.
    """
    figures = {"stated": finding.stated, "computed": finding.computed}
    said = {name: _plain(figure) for name, figure in figures.items() if figure is not None}
    words = {
        "finding": finding.finding_id, "verdict": verdict, "reason": reason, **({"by": by} if by else {}),
        **(said or {"message": finding.message_zh}),
    }  # fmt: skip
    lines = [f"{key} = {json.dumps(word, ensure_ascii=False)}" for key, word in words.items()]
    entry = "\n".join(["[[review]]", *lines, f"on = {on.isoformat()}"]) + "\n"
    parse_reviews(entry)
    return entry


def stale_in_words(stale: StaleReview) -> Message:
    """That a mark no longer applies, and why."""
    faults = {"gone": "the finding is gone", "changed": "the finding says something else now"}
    return Message(
        f"review of {stale.finding_id} is stale and decides nothing: {faults[stale.fault]} ({stale.reason})",
        f"复核已失效：{FAULTS_OF_REVIEWS[stale.fault]}",
    )


def _plain(figure: Decimal) -> str:
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _review(entry: Any) -> Review:
    if not isinstance(entry, dict):
        raise ReviewError("is no table")
    if wrong := sorted((_REQUIRED - set(entry)) | (set(entry) - _REQUIRED - _OPTIONAL)):
        raise ReviewError(f"missing or unknown: {', '.join(wrong)}")
    if not _FINDING_ID.fullmatch(_text(entry, "finding")):
        raise ReviewError(f"no id of a finding: {entry['finding']!r}")
    if _text(entry, "verdict") not in VERDICTS:
        raise ReviewError(f"verdict {entry['verdict']!r} is none of {', '.join(VERDICTS)}")
    if not _text(entry, "reason").strip():
        raise ReviewError("the reason is empty")
    day = entry.get("on")
    if day is not None and type(day) is not datetime.date:
        raise ReviewError(f"on: {day!r} is no date like 2031-05-04")
    return Review(
        finding_id=entry["finding"],
        verdict=entry["verdict"],
        reason=entry["reason"],
        reviewed_by=_text(entry, "by") if "by" in entry else None,
        reviewed_on=day,
        stated=_figure(entry, "stated"),
        computed=_figure(entry, "computed"),
        message=_text(entry, "message") if "message" in entry else None,
    )


def _text(entry: dict[str, Any], key: str) -> str:
    if not isinstance(entry[key], str):
        raise ReviewError(f"{key}: {entry[key]!r} is no text")
    return str(entry[key])


def _figure(entry: dict[str, Any], key: str) -> Decimal | None:
    if key not in entry:
        return None
    try:
        figure = Decimal(entry[key]) if type(entry[key]) is not bool else None
    except (InvalidOperation, TypeError, ValueError):
        figure = None
    if (
        figure is None
        or not figure.is_finite()
        or figure.adjusted() >= _DIGITS
        or round(figure, _DECIMALS) != figure
    ):
        raise ReviewError(f"{key}: {entry[key]!r} is no figure")
    return figure


def _line_of(text: str, number: int) -> str:
    """`, line 7` where the entry begins: at the end of the shortest beginning of the text that holds so many entries."""
    lines = text.splitlines()
    for line_no in (n for n, line in enumerate(lines, start=1) if _HEADER.match(line)):
        try:
            begun = tomllib.loads("\n".join(lines[:line_no]))
        except tomllib.TOMLDecodeError:  # it stands within a text
            continue
        if len(begun.get("review", [])) == number:
            return f", line {line_no}"
    return ""
