"""A site from a database: the pages of its documents side by side, then those over all of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata import paths
from jcdata.analyses.frames import find_documents
from jcdata.database.warehouse import in_memory, read_rows
from jcdata.schema import DocumentRecord
from jcdata.website import addresses, downloads, folder, overviews, search_index
from jcdata.website.contents import DocumentRows, checksum_of, read_contents
from jcdata.website.document_pages import DocumentPages
from jcdata.website.folder import UNFINISHED, DocumentState, SiteState

PAGES = paths.PACKAGE / "website" / "pages"
LOOK = paths.PACKAGE / "exports" / "pages" / "report.css"  # that the site's own builds on
SEARCH = "search-"
# Files that a browser shows or saves; whatever else a document was is given as plain text, so that it can do nothing.
_SHOWN = {".pdf", ".txt", ".csv", ".xls", ".xlsx", ".et", ".doc", ".docx", ".wps"}
_PROGRAM = ("website", "exports", "checks", "specs/checks", "specs/site.toml", "schema.py")
_OTHER_ROWS = ("built_with", "problems", "input_files", "classification", "stale_reviews")


class Options(NamedTuple):
    """How a site is made: the address at which it will stand, and the folder from which documents' files are copied."""

    address: str = ""
    files: Path | None = None


class Task(NamedTuple):
    """A document whose pages are to be written, and what was written before."""

    rows: DocumentRows
    before: DocumentState
    out: Path
    options: Options


class Made(NamedTuple):
    """What was written of a document, and the terms of each chunk in which it is searched."""

    place: str
    state: DocumentState
    terms: list[set[str]]


def write_site(
    con: duckdb.DuckDBPyConnection,
    out: Path,
    options: Options | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write the site of a database into a folder, only what changed since it was written before; the number of its files.

    Pages of documents are made in `jobs` processes, one for each processor if not given. Raises OutputError if the folder
    holds anything but an earlier site or something stands at the place of a page, SelectionError if the database has no
    document, DatabaseError if another version built it, OSError if the site can't be written.
    """
    options = options or Options()
    documents = find_documents(con)
    before = folder.read_state(out)
    places = [addresses.document_folder(d.document_id) for d in documents]
    folder.require_free(out, places, before.documents)
    unfinished = dict.fromkeys(places, DocumentState(UNFINISHED, {}))
    folder.write_state(
        out, before._replace(checksum=UNFINISHED, documents=unfinished | before.documents)
    )
    states: dict[str, DocumentState] = {}
    chunk_counts: list[int] = []
    postings = search_index.Postings()
    for made in _made(con, documents, before, out, options, jobs):
        states[made.place] = made.state
        chunk_counts.append(len(made.terms))
        for terms in made.terms:
            postings.add(terms)
        progress(len(states), len(documents))
    for place in before.documents.keys() - states.keys():
        folder.remove_files(out / place, before.documents[place].files)
    checksum = _checksum(
        _program(), options.address, {p: s.checksum for p, s in states.items()}, *_other_rows(con)
    )
    files = before.files
    if checksum != before.checksum or not all((out / place).is_file() for place in files):
        contents = dict(_overviews(con, documents, chunk_counts, postings))
        folder.require_free(out, contents, before.files)
        expected = dict.fromkeys(contents, UNFINISHED) | before.files
        folder.write_state(out, SiteState(UNFINISHED, states, expected))
        files = folder.write_files(out, contents, before.files)
        folder.remove_files(out, before.files.keys() - files.keys())
    folder.write_state(out, SiteState(checksum, states, files))
    return len(files) + sum(len(state.files) for state in states.values())


def _made(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord], before: SiteState, out: Path,
    options: Options, jobs: int | None,
) -> Iterator[Made]:  # fmt: skip
    from joblib import Parallel, delayed

    nothing = DocumentState(UNFINISHED, {})

    def task(rows: DocumentRows) -> Task:
        place = addresses.document_folder(rows.document.document_id)
        return Task(
            rows=rows, before=before.documents.get(place, nothing), out=out, options=options
        )

    with con.cursor() as cursor:
        batches = (list(map(task, batch)) for batch in read_contents(cursor, documents))
        parallel = Parallel(n_jobs=jobs or os.cpu_count() or 1, return_as="generator", batch_size=1)
        for batch in parallel(delayed(write_documents)(tasks) for tasks in batches):
            yield from batch


def write_documents(tasks: Sequence[Task]) -> list[Made]:
    """Write the pages of documents that changed since they were written before."""
    with tempfile.TemporaryDirectory() as name, in_memory(name) as converter:
        return [_write_document(task, converter) for task in tasks]


def _write_document(task: Task, converter: duckdb.DuckDBPyConnection) -> Made:
    rows, before, out, options = task
    place = addresses.document_folder(rows.document.document_id)
    source = _source(rows.document, options.files)
    checksum = _checksum(_program(), options.address, list(source), checksum_of(rows))
    if checksum == before.checksum and all((out / place / name).is_file() for name in before.files):
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
    files = folder.write_files(out / place, contents, before.files)
    folder.remove_files(out / place, before.files.keys() - files.keys())
    return Made(place, DocumentState(checksum, files), list(map(search_index.terms_of, chunks)))


def _overviews(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord], chunk_counts: Sequence[int],
    postings: search_index.Postings,
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    own = (PAGES / "site.css").read_bytes()
    yield "site.css", LOOK.read_bytes() + own
    for name in ("site.js", "search.js"):
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
    return {f"source{ending if ending in _SHOWN else '.txt'}": content}


def _search_name(number: int) -> str:
    return f"{SEARCH}{number}.js"


def _other_rows(con: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[object, ...]]]:
    """What pages over all documents show beside the documents."""
    for name in _OTHER_ROWS:
        yield list(read_rows(con, f"SELECT * FROM {name} ORDER BY ALL"))


@cache
def _program() -> str:
    """A checksum of what makes pages."""
    files = [
        path
        for name in _PROGRAM
        for path in sorted([paths.PACKAGE / name, *(paths.PACKAGE / name).rglob("*")])
        if path.is_file() and path.suffix != ".pyc"
    ]
    return _checksum(*((path.name, path.read_bytes()) for path in files))


def _checksum(*values: object) -> str:
    return blake2b(repr(values).encode(errors="surrogatepass"), digest_size=16).hexdigest()
