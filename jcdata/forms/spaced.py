"""Reads a performance form (项目支出绩效目标申报表) from a PDF's text layer, where the grid is gone.

`read_form(lines)` takes the lines of a section of kind `form` and returns the form as it is printed once. The
order of reading: the grid of indicators is cut off at its header, the signatures at theirs; what stands before is
divided at the labels of the fields; the funding grid, the goals and the indicators have readers of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.forms.headings import bracketed_unit
from jcdata.forms.printed import PrintedCell, PrintedForm, PrintedFunding
from jcdata.forms.spaced_cells import width
from jcdata.forms.spaced_grid import begins_grid, read_indicators
from jcdata.forms.vocabulary import form_spec
from jcdata.messages import Message
from jcdata.schema import HORIZONS
from jcdata.spec_files import patterns
from jcdata.text import label_key, squeeze

SENTENCE_END = re.compile(r"[。！？!?]$")
Unrecognised = list[tuple[int, Message]]


class _Regions(NamedTuple):
    """The parts of a form: fields, the indicator grid with its header, signatures."""

    head: list[Line]
    grid: list[Line]
    foot: list[Line]


class _Joined(NamedTuple):
    """Lines joined without white space, so that what was broken over lines can be matched."""

    text: str
    starts: list[int]
    lines: Sequence[Line]

    def line_nos(self, begin: int, end: int) -> list[int]:
        """The numbers of the lines over which a filled part of the text was broken."""
        first, last = bisect_right(self.starts, begin) - 1, bisect_right(self.starts, end - 1)
        return [line.no for line in self.lines[first:last]]


def read_form(lines: Sequence[Line]) -> PrintedForm:
    """Read one printing of a form from the lines after its title; never raises, whatever they say.

    Each line with content is either read or listed in `unrecognised`.
    """
    filled = [line._replace(text=line.text.strip()) for line in lines if line.text.strip()]
    regions = _find_regions(filled)
    fields = _divide(regions.head)
    above = fields.pop("", [])
    caption = patterns("sections")["money_unit"].search(label_key(_join(above).text))
    unrecognised = _unless_caption(above)
    funding_lines = fields.pop("funding", [])
    funding, no_funding = _read_funding(funding_lines)
    goals = [line for line in fields.pop("goals", []) if not _heads_goals(line)]
    if "annual_goal" in fields:
        fields["annual_goal"] += goals
    else:
        fields["period_goal"], fields["annual_goal"] = _split_goals(
            fields.pop("both_goals", []) + goals
        )
    cells = {
        name: PrintedCell(_join(part).text, part[0].no) for name, part in fields.items() if part
    }
    if funding_lines and (unit := bracketed_unit(funding_lines[0].no, [_join(funding_lines).text])):
        cells["money_unit"] = unit
    elif caption:
        cells["money_unit"] = PrintedCell(caption["unit"], above[0].no)
    signatures, no_signatures = _read_foot(regions.foot)
    indicators, stray = read_indicators(regions.grid)
    no_indicators = [
        (no, Message("under no label of an indicator", "不在任何指标名下"))
        for no in dict.fromkeys(stray)
    ]
    return PrintedForm(
        fields=cells | signatures,
        funding=funding,
        indicators=indicators,
        first_line=filled[0].no if filled else 0,
        last_line=filled[-1].no if filled else 0,
        unrecognised=sorted({*unrecognised, *no_funding, *no_signatures, *no_indicators}),
    )


def _join(lines: Sequence[Line]) -> _Joined:
    texts = [squeeze(line.text) for line in lines]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text))
    return _Joined("".join(texts), starts[:-1], lines)


# ---------------------------------------------------------------------------------------------------------
# Regions and fields


def _find_regions(lines: Sequence[Line]) -> _Regions:
    begin, column = _find_grid(lines)
    head, grid = list(lines[:begin]), list(lines[begin:])
    if column:  # a goal may end, or the characters beside the grid begin, on the line of the header
        head += _part(grid[0], grid[0].text[:column])
        grid[0] = grid[0]._replace(text=grid[0].text[column:])
    last = grid or head
    end = next((i for i, line in enumerate(last) if form_spec().footer.match(line.text)), len(last))
    foot, last[end:] = last[end:], []
    return _Regions(_without_side_label(head), grid, foot)


def _find_grid(lines: Sequence[Line]) -> tuple[int, int]:
    """The line and column where the header of the indicator grid begins, or else its first label."""
    level1, level2, *_ = form_spec().header
    for i, line in enumerate(lines):
        at = line.text.find(level1)
        if at >= 0 and level2 in line.text[at:]:
            return i, at
    return next((i for i, line in enumerate(lines) if begins_grid(line.text)), len(lines)), 0


def _without_side_label(lines: list[Line]) -> list[Line]:
    """Drop 绩效指标, whole or its first characters, where it is printed beside the grid and so before the header."""
    label = form_spec().side_label
    for length in range(len(label), 0, -1):
        run = [squeeze(line.text) for line in lines[-length:]]
        joined = "".join(run)
        is_downwards = all(len(text) == 1 for text in run) and joined == label[:length]
        if is_downwards or joined == label:
            return lines[:-length]
    return lines


def _divide(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Give each line, or part of one, to the field whose label came last; '' holds what precedes all labels.

    The labels come in the order of the form. Only one that begins no line at all is looked for inside lines.
    """
    first = [form_spec().any_field.match(line.text) for line in lines]
    begun = {match.lastgroup for match in first if match}
    # Inside a line a label may be a word of the text: only a missing one is looked for there.
    inside = [label for name, label in form_spec().fields.items() if name not in begun]
    order = {name: place for place, name in enumerate(form_spec().fields)}
    parts: dict[str, list[Line]] = {"": []}
    field, place = "", -1
    for line, match in zip(lines, first, strict=True):
        cursor = 0
        for label in (match, *(label.search(line.text, 1) for label in inside)):
            name = label.lastgroup or "" if label else ""
            if label is None or label.start() < cursor or order[name] <= place:
                continue
            parts[field] += _part(line, line.text[cursor : label.start()])
            field, place, cursor = name, order[name], label.end()
            parts[name] = []
        parts[field] += _part(line, line.text[cursor:])
    return parts


def _part(line: Line, text: str) -> list[Line]:
    """A part of a line as one of its own; none if it is blank."""
    return [line._replace(text=text.strip())] if text.strip() else []


def _unless_caption(lines: Sequence[Line]) -> Unrecognised:
    """The lines above all labels that say neither the year nor the unit of money."""
    spec = patterns("sections")
    return [
        (line.no, Message("before the first label", "在首个栏目之前"))
        for line in lines
        if not spec["form_year"].fullmatch(label_key(line.text))
        and not spec["money_unit"].fullmatch(label_key(line.text))
    ]


# ---------------------------------------------------------------------------------------------------------
# Funding, goals, signatures


def _read_funding(lines: Sequence[Line]) -> tuple[list[PrintedFunding], Unrecognised]:
    """The funding grid: each source is printed for the whole period and then for the year, its amount behind it."""
    joined = _join([line for line in lines if form_spec().funding_line.fullmatch(line.text)])
    unrecognised = [
        (line.no, Message("no part of the funding grid", "不属于资金栏"))
        for line in lines
        if not form_spec().funding_line.fullmatch(line.text)
    ]
    printed: Counter[str] = Counter()
    funding: list[PrintedFunding] = []
    source = ""
    for match in form_spec().funding.finditer(joined.text):
        line_nos = joined.line_nos(*match.span())
        if match.lastgroup != "amount":
            source = match.lastgroup or ""
            printed[source] += 1
        elif source and printed[source] <= len(HORIZONS):
            horizon = list(HORIZONS)[printed[source] - 1]
            funding.append(
                PrintedFunding(horizon=horizon, source=source, text=match[0], line_no=line_nos[0])
            )
            source = ""
        else:
            unrecognised += [
                (line_no, Message("amount without a source", "金额无对应资金来源"))
                for line_no in line_nos
            ]
    return funding, unrecognised


def _heads_goals(line: Line) -> bool:
    """Whether a line is nothing but the labels above both goals, which may stand below the label of the two."""
    label = form_spec().any_field.match(line.text)
    return bool(label and label.lastgroup == "both_goals" and label.end() == len(line.text))


def _split_goals(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Divide the text of both goals: the cells stand one after the other, or side by side on each line."""
    texts = [squeeze(line.text) for line in lines]
    place = _end_of_first_half(texts)
    if place is None:
        sides = [line.text.split() for line in lines]
        if lines and len(sides[0]) == 2 and 2 * sum(len(side) == 2 for side in sides) > len(sides):
            return _side_by_side(lines)
        # The year's goal mostly repeats the period's: in whole, in its first line, or not at all.
        begun_again = (i for i, text in enumerate(texts) if i and text == texts[0])
        place = next(begun_again, None) or _end_of_first_goal(lines)
    return lines[:place], lines[place:]


def _end_of_first_half(texts: Sequence[str]) -> int | None:
    """Where the lines begin to say the same once more, to the end."""
    whole, length = "".join(texts), 0
    for i, text in enumerate(texts, start=1):
        length += len(text)
        if 2 * length == len(whole) and whole[:length] == whole[length:]:
            return i
    return None


def _side_by_side(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        first, *others = line.text.split()
        if not others and SENTENCE_END.search(left[-1].text):  # only the right goal goes on
            first, others = "", [first]
        left += _part(line, first)
        right += _part(line, "".join(others))
    return left, right


def _end_of_first_goal(lines: Sequence[Line]) -> int:
    """Where two different goals part: after a sentence, or else behind an unfilled line before a blank one."""
    column = max((width(line.text) for line in lines), default=0)
    best, place = 2, len(lines)
    for i, (line, following) in enumerate(pairwise(lines), start=1):
        is_unfilled = width(line.text) < column - 4
        score = (
            4 * bool(SENTENCE_END.search(line.text))
            + 2 * is_unfilled
            + (following.no > line.no + 1)
        )
        if score > best:
            best, place = score, i
    return place


def _read_foot(lines: Sequence[Line]) -> tuple[dict[str, PrintedCell], Unrecognised]:
    """The date of filing, the one thing that is read among the signatures."""
    unrecognised: Unrecognised = []
    joined = _join(lines)
    match = form_spec().filed_on.search(joined.text)
    begin, end = match.span() if match else (0, 0)
    for line, start in zip(lines, joined.starts, strict=True):
        text = squeeze(line.text)
        others = text[: max(0, begin - start)] + text[max(0, end - start) :]
        if others and not form_spec().signature.fullmatch(others):
            unrecognised.append(
                (line.no, Message("neither signature nor date", "既非签名也非日期"))
            )
    if match is None or not match["date"]:
        return {}, unrecognised
    filed_on = PrintedCell(match["date"], joined.line_nos(*match.span("date"))[0])
    return {"filed_on_text": filed_on}, unrecognised
