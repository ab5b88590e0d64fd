"""A site from a database: the pages of its documents side by side, then those over all of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import duckdb

from jcdata import paths
from jcdata.analyses.frames import find_documents
from jcdata.database.warehouse import in_memory, read_rows
from jcdata.messages import Message
from jcdata.pipeline.inputs import program_checksum
from jcdata.schema import DocumentRecord
from jcdata.website import addresses, downloads, folder, overviews, search_index
from jcdata.website.contents import DocumentRows, read_contents
from jcdata.website.document_pages import DocumentPages
from jcdata.website.folder import FolderState

PAGES = paths.PACKAGE / "website" / "pages"
LOOK = paths.PACKAGE / "exports" / "pages" / "report.css"  # that the site's own builds on
SEARCH = "search-"
SOURCE = "source"  # the name of a document's file, with its ending
# Files that a browser shows or saves; whatever else a document was is given as plain text, so that it can do nothing.
_SHOWN = {".pdf", ".txt", ".csv", ".xls", ".xlsx", ".et", ".doc", ".docx", ".wps"}
_OTHER_ROWS = ("built_with", "problems", "input_files", "classification", "stale_reviews")


class Options(NamedTuple):
    """How a site is made: the address at which it will stand, and the folder from which documents' files are copied."""

    address: str = ""
    files: Path | None = None


class Task(NamedTuple):
    """A document whose pages are to be written."""

    rows: DocumentRows
    out: Path
    options: Options


class Made(NamedTuple):
    """What was written of a document, and the terms of each chunk in which it is searched."""

    place: str
    state: FolderState
    terms: list[set[str]]


class Written(NamedTuple):
    """How many files a site has, and how many documents are without their own although those are to be copied."""

    file_count: int
    without_file: int


def write_site(
    con: duckdb.DuckDBPyConnection,
    out: Path,
    options: Options | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """Write the site of a database into a folder, only what changed since it was written before.

    Pages of documents are made in `jobs` processes, one for each processor if not given. Raises OutputError if the folder
    holds anything but an earlier site or something stands at the place of a page, SelectionError if the database has no
    document, DatabaseError if another version built it, FileNotFoundError if there is no folder of files, OSError if the
    site can't be written.
    """
    options = options or Options()
    if options.files is not None and not options.files.is_dir():
        raise FileNotFoundError(Message(f"no such folder: {options.files}", "没有这个文件夹"))
    documents = find_documents(con)
    before = folder.read_state(out)
    places = [addresses.document_folder(d.document_id) for d in documents]
    added = [place for place in places if place not in set(before.folders)]
    folder.require_free(out, added)
    if added:
        folder.write_state(out, before._replace(folders=[*before.folders, *added]))
    states: dict[str, FolderState] = {}
    chunk_counts: list[int] = []
    postings = search_index.Postings()
    for made in _made(con, documents, out, options, jobs):
        states[made.place] = made.state
        chunk_counts.append(len(made.terms))
        for terms in made.terms:
            postings.add(terms)
        progress(len(states), len(documents))
    for place in set(before.folders) - states.keys():
        folder.remove_written(out, place)
    checksum = _checksum(
        _program(), options.address, {p: s.checksum for p, s in states.items()}, *_other_rows(con)
    )
    state = before
    if not folder.is_current(out, before, checksum):
        contents = dict(_overviews(con, documents, chunk_counts, postings))
        state = folder.write_files(out, contents, before, FolderState(checksum, {}, places))
    sources = [any(map(_is_source, state.files)) for state in states.values()]
    return Written(
        file_count=sum(len(own.files) for own in (state, *states.values())),
        without_file=sources.count(False) if options.files else 0,
    )


def _made(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord], out: Path,
    options: Options, jobs: int | None,
) -> Iterator[Made]:  # fmt: skip
    from joblib import Parallel, delayed

    with con.cursor() as cursor:
        batches = (
            [Task(rows=rows, out=out, options=options) for rows in batch]
            for batch in read_contents(cursor, documents)
        )
        parallel = Parallel(n_jobs=jobs or os.cpu_count() or 1, return_as="generator", batch_size=1)
        for batch in parallel(delayed(write_documents)(tasks) for tasks in batches):
            yield from batch


def write_documents(tasks: Sequence[Task]) -> list[Made]:
    """Write the pages of documents that changed since they were written before."""
    with tempfile.TemporaryDirectory() as name, in_memory(name) as converter:
        return [_write_document(task, converter) for task in tasks]


def _write_document(task: Task, converter: duckdb.DuckDBPyConnection) -> Made:
    rows, out, options = task
    place = addresses.document_folder(rows.document.document_id)
    before = folder.read_state(out / place)
    source = _source(rows.document, options.files)
    checksum = _checksum(_program(), options.address, list(source), rows)
    if folder.is_current(out / place, before, checksum):
        count = sum(name.startswith(SEARCH) for name in before.files)
        texts = ((out / place / _search_name(n)).read_text("utf-8") for n in range(count))
        return Made(
            place, before, [search_index.terms_of(search_index.read_chunk(t)) for t in texts]
        )
    pages = DocumentPages(rows, options.address, next(iter(source), None))
    chunks = list(pages.chunks())
    contents = {name: text.encode() for name, text in pages.texts()}
    contents |= downloads.of_document(converter, rows.budget_lines) | source
    for number, chunk in enumerate(chunks):
        name = f"{addresses.key_of(rows.document.document_id)}/{number}"
        contents[_search_name(number)] = search_index.script(name, chunk).encode()
    state = folder.write_files(out / place, contents, before, FolderState(checksum, {}, []))
    return Made(place, state, list(map(search_index.terms_of, chunks)))


def _overviews(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord], chunk_counts: Sequence[int],
    postings: search_index.Postings,
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    own = (PAGES / "site.css").read_bytes()
    yield "site.css", LOOK.read_bytes() + own
    for name in ("site.js", "tables.js", "search.js"):
        yield name, (PAGES / name).read_bytes()
    yield "index.html", overviews.home_page(documents).encode()
    for place, page in (*overviews.unit_pages(con, documents), *overviews.code_pages(con)):
        yield place, page.encode()
    yield "search/documents.js", overviews.documents_script(documents, chunk_counts).encode()
    for number, shard in postings.shards():
        yield f"search/shard-{number}.js", shard.encode()
    names = []
    for name, content in downloads.of_database(con, len(documents)):
        names.append(name)
        yield f"downloads/{name}", content
    yield "downloads/index.html", overviews.downloads_page(names).encode()


def _source(document: DocumentRecord, files: Path | None) -> dict[str, bytes]:
    """The file of a document under the name that it has in its folder; nothing where it is not there as it was read."""
    if files is None:
        return {}
    path = (files / document.file_name).resolve()
    if not path.is_relative_to(files.resolve()) or not path.is_file():
        return {}
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        return {}
    ending = path.suffix.lower()
    return {f"{SOURCE}{ending if ending in _SHOWN else '.txt'}": content}


def _is_source(name: str) -> bool:
    return PurePosixPath(name).stem == SOURCE


def _search_name(number: int) -> str:
    return f"{SEARCH}{number}.js"


def _other_rows(con: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[object, ...]]]:
    """What pages over all documents show beside the documents."""
    for name in _OTHER_ROWS:
        yield list(read_rows(con, f"SELECT * FROM {name} ORDER BY ALL"))


@cache
def _program() -> str:
    """A checksum of what makes pages."""
    folders = (PAGES, LOOK.parent)
    pages = [path.read_bytes() for own in folders for path in sorted(own.iterdir())]
    return _checksum(program_checksum(), *pages)


def _checksum(*values: object) -> str:
    return folder.checksum_of(repr(values).encode(errors="surrogatepass"))
