"""Contact details, which are masked before anything is stored: telephone numbers and names of contact persons."""

from __future__ import annotations

import re

_MAY_HOLD_CONTACT = re.compile(r"\d{3}[\d\- —－()（）]{4}|电\s?话|手\s?机|传\s?真|办\s?人|系\s?人")
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[-—－ ]\d{7,8}(?:[-—－]\d{1,6})?"
    r"|(?:400|800)-\d{3,4}-\d{3,4})(?![\d.,]\d|\d)"
)
_AFTER_PHONE_LABEL = re.compile(
    r"((?:电\s?话|手\s?机|传\s?真)(?:号码)?[\s:：]*)([\d(（*][\d\-—－、/ ()（）*]{4,40}[\d*])"
)
_AFTER_NAME_LABEL = re.compile(r"((?:经\s?办\s?人|联\s?系\s?人)[\s:：]*[:：][\s]*)([^\s\d*:：,，。;；|]{1,12})")
_OTHER_LABEL = re.compile(r"(?:联系|电话|填报|负责|日期|经办|单位|审核)")
ENDS_WITH_PHONE_LABEL = re.compile(r"(?:电话|手机|传真)(?:号码)?[\s:：|]*$")
ENDS_WITH_NAME_LABEL = re.compile(r"(?:经办人|联系人)[\s]*[:：][\s|]*$")
_ONLY_PHONE = re.compile(r"^(\s*)([\d(（][\d\-—－、/ ()（）]{4,40}\d)(?=\s|$)")
_ONLY_NAME = re.compile(r"^(\s*)([\u4e00-\u9fff·]{2,6})(?=\s|$)")


def mask_contacts(text: str) -> str:
    """Overwrite telephone numbers, and the name beside 经办人 or 联系人, with asterisks of the same length."""
    if not _MAY_HOLD_CONTACT.search(text):
        return text
    text = _PHONE.sub(lambda m: "*" * len(m[0]), text)
    text = _AFTER_PHONE_LABEL.sub(lambda m: m[1] + "*" * len(m[2]), text)
    return _AFTER_NAME_LABEL.sub(lambda m: m[0] if _OTHER_LABEL.match(m[2]) else m[1] + "*" * len(m[2]), text)


def mask_continued_contact(previous: str, text: str) -> str:
    """Mask a number or name whose label ended the line before."""
    if ENDS_WITH_PHONE_LABEL.search(previous):
        return _ONLY_PHONE.sub(lambda m: m[1] + "*" * len(m[2]), text)
    if ENDS_WITH_NAME_LABEL.search(previous) and not _OTHER_LABEL.match(text.strip()):
        return _ONLY_NAME.sub(lambda m: m[1] + "*" * len(m[2]), text)
    return text


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
