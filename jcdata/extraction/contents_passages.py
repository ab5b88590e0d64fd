"""The passages of the explanations that the contents (目录) of a document name, and whether each of them is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jcdata.documents.document import Document, Line
from jcdata.documents.sections import Section
from jcdata.extraction.contents import contents_lines, title_without_page
from jcdata.messages import Message
from jcdata.prose.passages import OTHER, PROFILE, Passage, key_of_words
from jcdata.schema import ContentsPassage
from jcdata.spec_files import patterns
from jcdata.tables.kinds import is_title
from jcdata.text import label_key

_NOT_WHOLE = Message("not all of the document could be read", "文件有未能读取之处")
_NO_PASSAGES = Message("its explanations may be in another file", "情况说明可能另附")
_SPOKEN_OF = Message("the document speaks of it elsewhere", "正文他处提及")


def read_contents_passages(
    document: Document,
    sections: Sequence[Section],
    furniture: set[int],
    prose: Iterable[Line],
    passages: Sequence[Passage],
    has_trouble: bool,
) -> list[ContentsPassage]:
    """The passages that the contents of a document name.

    One is missing only where no line of the `prose` has its words, and other passages are printed. `has_trouble` says that
    something of the document was unreadable.
    """
    section = next((section for section in sections if section.kind == "contents"), None)
    if section is None:
        return []
    printed = {passage.key for passage in passages} - {OTHER}
    spoken = [line.squeezed for line in prose]
    is_read = document.is_whole and not has_trouble
    is_read = is_read and not any(line.recognised for line in document.lines)
    found: list[ContentsPassage] = []
    for line in contents_lines(document, section, furniture):
        title = title_without_page(line)
        key = key_of_words(title)
        if key in ("", PROFILE) or is_title(title) or not _heads_passage(title):
            continue
        reason = None
        if key not in printed:
            doubts = (
                (not is_read, _NOT_WHOLE), (not printed, _NO_PASSAGES), (any(map(patterns("passages")[key].search, spoken)), _SPOKEN_OF),
            )  # fmt: skip
            reason = next((reason for applies, reason in doubts if applies), None)
        unprinted = "uncertain" if reason else "missing"
        found.append(
            ContentsPassage(
                document_id=document.document_id,
                line_no=line.no,
                title=title,
                passage=key,
                status="printed" if key in printed else unprinted,
                reason=str(reason) if reason else None,
            )
        )
    return found


def _heads_passage(title: str) -> bool:
    return bool(patterns("passages")["heading_of_passage"].search(label_key(title)))
