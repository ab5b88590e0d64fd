"""What is said to people, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Message:
    """One thing in English and in Chinese; as text both, `English / 中文`."""

    en: str
    zh: str

    def __str__(self) -> str:
        return f"{self.en} / {self.zh}"
