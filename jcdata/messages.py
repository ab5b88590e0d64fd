"""What is said to people, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Message:
    """One thing in English and in Chinese; as text both, `English / 中文`, what is the same in both once."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en if self.en == self.zh else f"{self.en} / {self.zh}"

    def said(self, languages: Sequence[str]) -> list[str]:
        """The texts in the languages, of BOTH, in their order."""
        return [getattr(self, language) for language in languages]

    def text_in(self, languages: Sequence[str]) -> str:
        """The text in the one language, as `str` where there are both."""
        return str(self) if len(languages) > 1 else self.said(languages)[0]


BOTH = ("zh", "en")  # languages, the documents' own first
_ONE_OF_SEVERAL = re.compile(r"(.+?) / (.+?)(?:; |$)")


def read_message(text: str) -> Message:
    """The message that stands as text somewhere, such as a reason in the database; where that is not sure, the text in both."""
    en, separator, zh = text.partition(" / ")
    return Message(en, zh) if separator and " / " not in zh else Message(text, text)


def read_messages(text: str) -> list[Message]:
    """The messages that stand one after the other as text, joined by `; `, such as the notes on a document.

    Where it is not sure what they are, the text in both languages.
    """
    found = [Message(en, zh) for en, zh in _ONE_OF_SEVERAL.findall(text)]
    is_sure = "; ".join(map(str, found)) == text and not any(" / " in m.zh for m in found)
    return found if is_sure else [Message(text, text)]
