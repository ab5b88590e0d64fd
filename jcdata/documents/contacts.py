"""Contact details, which are masked before anything is stored: telephone numbers and names of contact persons."""

from __future__ import annotations

import re

from jcdata.spec_files import patterns


def mask_contacts(text: str) -> str:
    """Overwrite telephone numbers, and the name beside 经办人 or 联系人, with asterisks of the same length."""
    spec = patterns("contacts")
    if not spec["contact"].search(text):
        return text
    text = spec["phone"].sub(lambda m: "*" * len(m[0]), text)
    return spec["after_name_label"].sub(_masked, spec["after_phone_label"].sub(_masked, text))


def mask_continued_contact(previous: str, text: str) -> str:
    """Mask a number or name whose label ended the line before."""
    spec = patterns("contacts")
    if spec["ends_with_phone_label"].search(previous):
        return spec["only_phone"].sub(_masked, text)
    if spec["ends_with_name_label"].search(previous):
        return spec["only_name"].sub(_masked, text)
    return text


def _masked(match: re.Match[str]) -> str:
    return match[1] + "*" * len(match[2])


class ContactMask:
    """Masks the contact details of one line after another; a label may stand at the end of the line before."""

    def __init__(self) -> None:
        self._previous = ""

    def __call__(self, line: str) -> str:
        """The line with its contact details masked."""
        if not line or line.isspace():
            return line
        self._previous = mask_continued_contact(self._previous, mask_contacts(line))
        return self._previous
