"""What a conclusion is, and how its sentences put names, money and shares, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from jcdata.analyses.frames import in_wan
from jcdata.messages import Message
from jcdata.schema import DOCUMENT_KINDS


class Fact(NamedTuple):
    """A fact and the line where its figure stands, None for a sum of several lines."""

    said: Message
    document_id: str
    line_no: int | None


Chosen: TypeAlias = Mapping[str, str | int | None]  # the unit and the year, None for all
Said: TypeAlias = tuple[
    Message, list[Fact]
]  # what is at stake, and the facts, those that tell most first


@dataclass(frozen=True, repr=False)
class Conclusion:
    """What is at stake and the most telling facts; notebooks show it in both languages, `str` as plain text."""

    said: Message
    facts: tuple[Fact, ...]
    pages: Mapping[
        tuple[str, int | None], int
    ]  # of the lines of the facts, where the document has pages

    def __str__(self) -> str:
        lines = [self.said.zh, self.said.en]
        for number, fact in enumerate(self.facts, start=1):
            place = self._place(fact)
            lines += [f"{number}. {fact.said.zh} [{place.zh}]", f"   {fact.said.en} [{place.en}]"]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_markdown_(self) -> str:
        lines = [f"**{_escaped(self.said.zh)}**", "", f"*{_escaped(self.said.en)}*", ""]
        for number, fact in enumerate(self.facts, start=1):
            place = self._place(fact)
            zh, en = (_escaped(f"{w} [{p}]") for w, p in zip(_both(fact.said), _both(place), strict=True))  # fmt: skip
            lines += [f"{number}. {zh}<br>*{en}*"]
        return "\n".join(lines)

    def _place(self, fact: Fact) -> Message:
        page = self.pages.get((fact.document_id, fact.line_no))
        en, zh = ("", "") if page is None else (f", page {page}", f"，第{page}页")
        where = f"{fact.document_id}:{fact.line_no}" if fact.line_no else fact.document_id
        return Message(where + en, where + zh)


def nothing(en: str, zh: str) -> Message:
    """That the chosen documents have no such thing, as far as they were read."""
    return Message(f"In the chosen documents {en}.", f"所选文件中{zh}。")


def joined(parts: Iterable[Message]) -> Message:
    """Several statements as one sentence."""
    said = list(parts)
    return Message("; ".join(p.en for p in said) + ".", "；".join(p.zh for p in said) + "。")


def counted(count: int, word: str) -> str:
    """A number of documents, projects and the like in English."""
    plural = "" if count == 1 or word.endswith("s") else "s"
    return f"{count} {word.replace('_', ' ')}{plural}"


def name_of(row: Any) -> str:
    """The unit and year of a row's document, and that it is no budget."""
    kind = "" if row.document_kind == "budget" else DOCUMENT_KINDS[row.document_kind]
    return f"{row.unit_name or row.document_id}{f' {row.fiscal_year}' if row.fiscal_year else ''}{kind}"


def in_yuan(yuan: Decimal | None) -> Decimal:
    """Money, nothing where there is none."""
    return Decimal(0) if yuan is None else yuan


def _wan(yuan: Decimal | None) -> str:
    return f"{in_wan(in_yuan(yuan)):,}"


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of money, of which some may not be known."""
    return sum(map(in_yuan, amounts), Decimal(0))


def zh_money(yuan: Decimal | None) -> str:
    """Yuan as 万元, in Chinese."""
    return f"{_wan(yuan)} 万元"


def en_money(yuan: Decimal | None) -> str:
    """Yuan as 万元, in English."""
    return f"{_wan(yuan)} wan yuan"


def percent(fraction: float | None, sign: str = "") -> str:
    """A fraction as per cent with two decimals, '' where there is none; with `sign` "+" also that of a rise."""
    return "" if fraction is None else f"{fraction:{sign}.2%}"


def _both(message: Message) -> tuple[str, str]:
    return message.zh, message.en


def _escaped(text: str) -> str:
    """Text of documents that Markdown and HTML leave as it is."""
    for sign in "\\`*_[]<>&#|~$":
        text = text.replace(sign, f"\\{sign}")
    return text
