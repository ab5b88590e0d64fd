"""Performance forms as records: the printings of a project's form become one form.

A form is printed up to ten times, each time with another slice of its indicators, with a name cut here and a
character misread there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from jcdata.amounts import IN_YUAN
from jcdata.documents.document import Line
from jcdata.documents.sections import Section
from jcdata.forms import headed_text, spaced, tabbed, wide
from jcdata.forms.form_records import Forms, form_records
from jcdata.forms.headings import kind_of_form
from jcdata.forms.merged_fields import Contradiction
from jcdata.forms.printed import PrintedCell, PrintedForm
from jcdata.forms.printings import group_printings
from jcdata.forms.vocabulary import form_words
from jcdata.messages import Message
from jcdata.schema import PrintingContradiction
from jcdata.spec_files import patterns
from jcdata.text import label_key

READERS: dict[str, Callable[[Sequence[Line]], Sequence[PrintedForm]]] = {
    "spaced": lambda lines: headed_text.read_forms(lines) or [spaced.read_form(lines)],
    "tabbed": lambda lines: wide.read_forms(lines) or [tabbed.read_form(lines)],
}


def read_forms(
    document_id: str, layout: str, sections: Sequence[Section], money_unit: str | None = None
) -> Forms:
    """Read the sections of kind `form` of a document in a layout; the others are left alone.

    `money_unit` counts where neither a form nor its title says one.
    """
    printings, unrecognised = _read_printings(layout, sections)
    read = [
        form_records(document_id, form_no, group, money_unit or IN_YUAN)
        for form_no, group in enumerate(group_printings(printings), start=1)
    ]
    unrecognised += [fault for one in read for fault in one.unrecognised]
    return Forms(
        forms=[form for one in read for form in one.forms],
        printings=[row for one in read for row in one.printings],
        funding=[row for one in read for row in one.funding],
        indicators=[row for one in read for row in one.indicators],
        tasks=[row for one in read for row in one.tasks],
        texts=[text for one in read for text in one.texts],
        contradictions=[found for one in read for found in one.contradictions],
        unrecognised=sorted(dict(unrecognised).items()),
    )


def _read_printings(
    layout: str, sections: Sequence[Section]
) -> tuple[list[PrintedForm], list[tuple[int, Message]]]:
    """The printings of all forms, and the lines that were not understood, with the reason."""
    printings: list[PrintedForm] = []
    unrecognised: list[tuple[int, Message]] = []
    for section in sections:
        if section.kind != "form":
            continue
        if layout not in READERS:
            reason = Message(
                f"no reader of forms for this layout: {layout}", "没有该版式的目标表读取程序"
            )
            unrecognised += [(line.no, reason) for line in section.lines]
            continue
        for first_line, lines in _split_printings(section):
            for number, printed in enumerate(READERS[layout](lines)):
                unrecognised += printed.unrecognised
                # The title belongs to the first form below it.
                begin = first_line if number == 0 else printed.first_line
                if printed.fields or printed.funding or printed.indicators:
                    last_line = max(begin, printed.last_line)
                    whole = printed._replace(first_line=begin, last_line=last_line)
                    printings.append(_named(section, whole))
                else:
                    unrecognised.append(
                        (begin, Message("a form without content", "没有内容的目标表"))
                    )
    return printings, unrecognised


def _named(section: Section, printed: PrintedForm) -> PrintedForm:
    """A printing with its kind, and the unit of money of its title; a form that names no project is that of the unit."""
    fields, kind = printed.fields, kind_of_form(section.title, printed)
    said = patterns("sections")["money_unit"].search(label_key(section.title))
    if said and "money_unit" not in fields:
        fields = fields | {"money_unit": PrintedCell(said["unit"], section.title_line.no)}
    if "project_name" not in fields and "unit_name" in fields:
        fields = fields | {"project_name": fields["unit_name"]}
    return printed._replace(fields=fields, kind=kind)


def _split_printings(section: Section) -> Iterator[tuple[int, Sequence[Line]]]:
    """The lines of each printing; a second project name begins another whose title was lost."""
    # The first one is that of the form whose title begins the section.
    names = tuple(form_words()["fields"]["project_name"])
    starts = [
        i for i, line in enumerate(section.lines) if label_key(line.text[:20]).startswith(names)
    ][1:]
    bounds = [0, *starts, len(section.lines)]
    for begin, end in pairwise(bounds):
        yield section.lines[begin].no if begin else section.first_line, section.lines[begin:end]


def number_contradictions(
    document_id: str, contradictions: Iterable[Contradiction]
) -> Iterator[PrintingContradiction]:
    """What printings contradict, as records numbered within their form."""
    numbers: Counter[int] = Counter()
    for found in contradictions:
        numbers[found.form_no] += 1
        yield PrintingContradiction(
            document_id=document_id,
            form_no=found.form_no,
            contradiction_no=numbers[found.form_no],
            subject=found.subject,
            kept_text=found.kept.text,
            other_text=found.other.text,
            kept_line_no=found.kept.line_no,
            line_no=found.other.line_no,
        )
