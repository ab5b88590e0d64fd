"""Which documents are replaced by a corrected version of themselves.

Rule: of the documents of one unit, year and kind whose titles are otherwise the same, one that calls itself corrected
(更正, 修订 and the like, in its title or in its file's name) replaces those that don't.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from jcdata.schema import DocumentRecord
from jcdata.spec_files import patterns


def find_replaced(documents: Iterable[DocumentRecord]) -> dict[str, str]:
    """Ids of replaced documents, each with the id of the one that replaces it: of several the last by name."""
    mark = patterns("sections")["corrected_version"]
    same: defaultdict[tuple[str | None, ...], list[DocumentRecord]] = defaultdict(list)
    for document in documents:
        if document.unit_name and document.fiscal_year:
            title = mark.sub("", document.title or "")
            same[
                document.unit_name, str(document.fiscal_year), document.document_kind, title
            ].append(document)
    replaced: dict[str, str] = {}
    for versions in same.values():
        names = {
            d.document_id: f"{d.title or ''} {PurePosixPath(d.file_name).stem}" for d in versions
        }
        corrected = sorted(document_id for document_id, name in names.items() if mark.search(name))
        if corrected:
            replaced |= {
                document_id: corrected[-1] for document_id in names if document_id not in corrected
            }
    return replaced
