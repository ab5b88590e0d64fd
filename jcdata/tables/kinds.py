"""Which statutory table a title names, by its words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from jcdata.errors import SpecError
from jcdata.schema import STATUTORY_TABLES
from jcdata.spec_files import SPECS, patterns, read_toml
from jcdata.text import label_key


class Kind(NamedTuple):
    """A statutory table by the words of its title: all of `words` stand in it and none of `without`.

    One that `yields` counts only where the document has no other table of its key.
    """

    key: str
    words: tuple[re.Pattern[str], ...]
    without: tuple[re.Pattern[str], ...]
    yields: bool = False

    def fits(self, title: str) -> bool:
        """Whether a title names it."""
        return all(word.search(title) for word in self.words) and not any(
            word.search(title) for word in self.without
        )


def kind_of(title: str) -> str | None:
    """The key of the statutory table that a title names; None if it names none."""
    kind = _find_kind(_kind_words(title))
    return kind.key if kind else None


def yields(title: str) -> bool:
    """Whether a table of such a title counts only where the document has no other one of its key."""
    kind = _find_kind(_kind_words(title))
    return bool(kind and kind.yields)


def deciding_words(title: str) -> list[str]:
    """The words of a title by which its kind was told."""
    key = _kind_words(title)
    kind = _find_kind(key)
    return [match[0] for word in kind.words if (match := word.search(key))] if kind else []


@lru_cache(maxsize=20_000)
def _kind_words(title: str) -> str:
    """A title without the name of the unit, in which words of kinds may stand: 某某市财政局, 政府采购中心."""
    return patterns("sections")["unit_before_kind"].sub("", label_key(title), count=1)


@lru_cache(maxsize=20_000)
def _find_kind(key: str) -> Kind | None:
    if not key or patterns("titles")["no_title"].fullmatch(key):
        return None
    return next((kind for kind in _kinds() if kind.fits(key)), None)


@lru_cache(maxsize=20_000)
def is_title(text: str) -> bool:
    """Whether a text may be the title of a table: named a table, and more than its number, such as 公开01表."""
    key = label_key(text)
    spec = patterns("titles")
    return bool(
        spec["title"].fullmatch(key)
        and not spec["no_title"].fullmatch(key)
        and not patterns("sections")["table_mark"].fullmatch(key)
    )


@lru_cache(maxsize=20_000)
def is_form_title(text: str) -> bool:
    """Whether a text is the title of a form of performance, of goals or a self-evaluation."""
    return bool(patterns("titles")["form"].fullmatch(label_key(text)))


@cache
def _kinds() -> tuple[Kind, ...]:
    found = []
    for entry in read_toml(SPECS / "kinds.toml", {"kind"})["kind"]:
        if entry["key"] not in STATUTORY_TABLES:
            raise SpecError(f"kinds.toml: unknown table {entry['key']}")
        words, without = (
            tuple(map(re.compile, entry.get(name, []))) for name in ("words", "without")
        )
        found.append(
            Kind(
                key=entry["key"],
                words=words,
                without=without,
                yields=entry.get("yields", False),
            )
        )
    return tuple(found)
