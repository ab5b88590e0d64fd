"""The glossary, 名词解释: terms with their definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jcdata.documents.document import Line
from jcdata.documents.sections import Section
from jcdata.numerals import chinese_number
from jcdata.schema import GlossaryTerm
from jcdata.spec_files import patterns
from jcdata.text import squeeze

MAX_TERM = 40


def read_glossary(document_id: str, sections: Sequence[Section]) -> list[GlossaryTerm]:
    """The terms of 名词解释 with their definitions as printed, without white space.

    A term begins where the numbering goes on at the head of a line; without numbering, every line is a term's.
    """
    terms: list[GlossaryTerm] = []
    for section in sections:
        if section.kind == "glossary":
            for line_no, entry in _glossary_entries(section.lines):
                term, definition = _split_term(entry)
                terms.append(
                    GlossaryTerm(
                        document_id=document_id, term=term, definition=definition, line_no=line_no
                    )
                )
    return terms


def _glossary_entries(lines: Sequence[Line]) -> list[tuple[int, str]]:
    ordinal = patterns("annexes")["term_ordinal"]
    entries: list[tuple[int, list[str]]] = []
    number = style = 0
    for line in lines:
        text = squeeze(line.text)
        match = ordinal.match(text)
        # Ordinals of another style, or out of turn, count things within a definition.
        if (
            match
            and style in (0, match.lastindex)
            and match[match.lastindex or 0] in _ordinals(number + 1)
        ):
            number, style = number + 1, match.lastindex or 0
            entries.append((line.no, [text[match.end() :]]))
        elif style:
            entries[-1][1].append(text)
        else:
            entries.append((line.no, [text]))
    return [(line_no, "".join(parts)) for line_no, parts in entries]


def _ordinals(number: int) -> tuple[str, str]:
    return str(number), chinese_number(number)


def _split_term(entry: str) -> tuple[str, str]:
    """Term and definition: at the first colon of the opening clause, else before the verb."""
    spec = patterns("annexes")
    opening = re.split("[。；;，,]", entry[:MAX_TERM], maxsplit=1)[0]
    match = spec["term_colon"].search(opening) or spec["term_verb"].search(entry, 1, MAX_TERM)
    return (entry[: match.start()], entry[match.end() :]) if match else (entry[:MAX_TERM], entry)
