"""A build reads what changed and gives what a build from nothing gives."""

from __future__ import annotations

import errno
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from types import SimpleNamespace

import duckdb
import joblib
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import jcdata
from jcdata.cli.commands import app
from jcdata.database.warehouse import execute_side_by_side
from jcdata.errors import DatabaseError, DocumentError
from jcdata.messages import Message
from jcdata.pipeline import batches, build, inputs, processes, time_limit
from jcdata.pipeline.batches import Limits, RawFile, read_batch
from jcdata.pipeline.build import BuildResult, build_database
from jcdata.pipeline.inputs import FoundFile
from jcdata.pipeline.processes import Processes
from jcdata.pipeline.time_limit import TimeLimit
from jcdata.replacing import MARKER
from jcdata.schema import tables, views
from tests.checks import test_across_documents as across
from tests.making.files import as_pdf, as_scan

BLOCK = 262_144  # bytes of a DuckDB file that have a checksum of their own

TEXT = """某某市{unit}局{year}年度部门预算公开{mark}
{year}年预算支出总表
单位名称：某某市{unit}局
单位：万元
科目编码 科目名称 合计 基本支出 项目支出
合计 {total}.50 {total}.50 0.00
201 一般公共服务支出 {total}.50 {total}.50 0.00
"""


def text(unit: str = "甲", year: int = 2031, total: int = 5, mark: str = "") -> str:
    return TEXT.format(unit=unit, year=year, total=total, mark=mark)


class Place:
    """A raw folder with what is built of it."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.database, self.clean = (
            folder / "raw",
            folder / "some.duckdb",
            folder / "clean",
        )
        self.raw.mkdir(parents=True)

    def write(self, **files: str | None) -> None:
        """Write files given as name=text, remove those given as None."""
        for name, content in files.items():
            path = self.raw / f"{name}.txt"
            path.unlink(missing_ok=True) if content is None else path.write_text(
                content, encoding="utf-8"
            )

    def build(self, **options: object) -> BuildResult:
        return build_database(self.raw, self.database, self.clean, **options)

    def files(self) -> dict[str, bytes]:
        """The clean files."""
        return {
            p.relative_to(self.clean).as_posix(): p.read_bytes()
            for p in sorted(self.clean.rglob("[!.]*.*"))
        }

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """The rows of all tables, and of the views whose rows are stored."""
        with jcdata.connect(self.database) as con:
            return {
                t.name: con.sql(f"FROM {t.name} ORDER BY {', '.join(t.key)}").fetchall()
                for t in tables()
            } | {
                v.name: con.sql(f"FROM {v.name} ORDER BY ALL").fetchall()
                for v in views()
                if v.is_stored
            }

    def outcomes(self) -> dict[str, tuple[str, str | None]]:
        return {
            name: (row[2], row[4]) for row in self.rows()["input_files"] for name in [str(row[0])]
        }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "one")


@pytest.fixture
def from_nothing(tmp_path: Path, place: Place) -> Callable[[], Place]:
    """Another place with the same raw files, built from nothing."""

    def build() -> Place:
        other = Place(tmp_path / "other")
        for path in place.raw.iterdir():
            (other.raw / path.name).write_bytes(path.read_bytes())
        other.build()
        return other

    return build


def test_an_unchanged_folder_is_not_read_again(place: Place) -> None:
    place.write(a=text("甲"), b=text("乙"))
    assert place.build().read_count == 2
    before = place.database.stat().st_mtime_ns, place.files()
    again = place.build()
    assert (
        again.read_count == 0
        and [d.document_id for d in again.documents] == ["a", "b"]
        and again.figure_count == 12
    )
    assert (place.database.stat().st_mtime_ns, place.files()) == before
    assert place.build(full=True).read_count == 2


def test_what_comes_changes_and_goes(place: Place, from_nothing: Callable[[], Place]) -> None:
    place.write(a=text("甲"), b=text("乙", 2030), d=text("丁"), bad="没有表", worse="")
    place.build()
    place.write(a=text("甲", total=6), b=None, c=text("丙", 2032), worse=None)
    result = place.build()
    assert result.read_count == 2  # a and c; d and the unreadable one are as before
    other = from_nothing()
    assert place.rows() == other.rows()
    assert place.files() == other.files()
    assert "budget_lines/fiscal_year=2030/budget_lines.parquet" not in place.files()
    assert "budget_lines/fiscal_year=2032/budget_lines.parquet" in place.files()
    assert [t.file_name for t in result.troubles] == ["bad.txt"]


def test_what_is_gone_leaves_no_trace_in_the_clean_files(
    place: Place, from_nothing: Callable[[], Place]
) -> None:
    place.write(a=text("甲"), b=text("乙") + "\n本年收入另有99.99万元。\n")
    place.build()
    place.write(b=None)
    place.build()
    assert place.files() == from_nothing().files()


NAMES = ["a", "a b", 'a"', "a'); DROP TABLE documents; --", "..", "B", "乙", "é"]
changes = st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(1, 3), max_size=4)


@settings(max_examples=8)
@given(steps=st.lists(changes, min_size=2, max_size=4))
def test_any_series_of_changes_gives_what_a_build_from_nothing_gives(
    steps: list[dict[str, int | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("series")
    place = Place(folder / "one")
    for step in steps:
        place.write(**{name: n and text(name, 2030 + n, n) for name, n in step.items()})
        place.build(processes=Processes(1), allow_empty=True)
    other = Place(folder / "other")
    for path in place.raw.iterdir():
        (other.raw / path.name).write_bytes(path.read_bytes())
    other.build(processes=Processes(1))
    assert place.rows() == other.rows() and place.files() == other.files()


def test_what_documents_say_of_each_other_follows_the_changes_of_any(tmp_path: Path) -> None:
    station = across.tables(2031, 110, 100, "某某市水务站", "单位")
    later = across.prose(2032, across.item(420, "比上年预算增加20.00万元"))
    steps: list[dict[str, str | None]] = [
        {"a": across.tables(2031), "b": across.tables(2032, 420) + later, "other": text("乙")},
        {"a": across.tables(2031, 410)},  # b compares with it
        {"d": across.UNCODED, "u": station},
        {"a": None, "e": across.UNCODED + "\n"},  # the department twice, its unit once
        {"d": None, "e": None},
    ]
    place = Place(tmp_path / "one")
    found = []
    for number, step in enumerate(steps):
        place.write(**step)
        place.build(processes=Processes(1))
        other = Place(tmp_path / f"anew{number}")
        for path in place.raw.iterdir():
            (other.raw / path.name).write_bytes(path.read_bytes())
        other.build(processes=Processes(1))
        assert place.rows() == other.rows() and place.files() == other.files()
        found.append({
            (row[0], row[1]) for row in place.rows()["check_results"]
            if row[4] == "fail" and row[1] in {"stated_prior_year", "document_twice", "unit_in_department"}
        })  # fmt: skip
    unit, prior = ("u", "unit_in_department"), ("b", "stated_prior_year")
    assert found[:2] == [set(), {prior}]
    assert unit in found[2] and ("d", "document_twice") in found[2]
    assert unit in found[3] and ("e", "document_twice") in found[3] and prior not in found[3]
    assert found[4] == set()


def test_another_program_reads_everything_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(a=text("甲"))
    place.build()
    monkeypatch.setattr(build, "program_checksum", lambda *settings: "another")
    assert place.build().read_count == 1


def test_the_checksum_of_the_program_depends_on_corrections() -> None:
    assert (
        inputs.program_checksum([])
        == inputs.program_checksum([])
        != inputs.program_checksum(["one"])
    )


def test_a_database_of_another_program_is_replaced(place: Place) -> None:
    place.write(a=text("甲"))
    with duckdb.connect(str(place.database)) as con:
        con.execute(
            "CREATE TABLE built_with (something INTEGER); CREATE TABLE input_files (something INTEGER)"
        )
    said: list[Message] = []
    assert place.build(notice=said.append).read_count == 1
    assert [message.en.partition(" ")[2] for message in said] == [
        "is damaged or of another version of jcdata: it is built anew"
    ]


def test_a_damaged_database_is_said_and_built_anew(place: Place) -> None:
    place.write(a=text("甲"))
    place.build()
    place.database.write_bytes(with_damaged_lines(place.database))
    place.write(b=text("乙"))
    command = ["build", str(place.raw), "--db", str(place.database), "--clean", str(place.clean)]
    shown = CliRunner().invoke(app, command)
    assert shown.exit_code == 0
    assert f"{place.database} is damaged: " in shown.output and "it is built anew" in shown.output
    assert [d.document_id for d in place.build().documents] == ["a", "b"]


def with_damaged_lines(database: Path) -> bytes:
    """A database that can be opened, and in which the lines of the documents can't be read any more."""
    whole, damaged = database.read_bytes(), database.with_name("damaged.duckdb")
    for end in range(len(whole), 0, -BLOCK):
        damaged.write_bytes(whole[: end - 1000] + b"\xff" * 1000 + whole[end:])
        with suppress(DatabaseError), jcdata.connect(damaged) as con:
            try:
                con.sql("FROM source_lines").fetchall()
            except duckdb.Error:
                return damaged.read_bytes()
    raise AssertionError("the lines stand nowhere")


def test_clean_files_that_were_touched_are_written_again(place: Place) -> None:
    place.write(a=text("甲"))
    place.build()
    before = place.files()
    for name in ("documents.csv", "claims/fiscal_year=2031/claims.parquet"):
        (place.clean / name).write_bytes(b"touched")
        place.build()
        assert place.files() == before
    (place.clean / "arrears.csv").unlink()
    place.build()
    assert place.files() == before


def test_clean_files_may_lie_on_another_disk(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.rename

    def only_here(source: str | Path, target: str | Path) -> None:
        if place.clean in Path(target).parents:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(source, target)

    monkeypatch.setattr(os, "rename", only_here)
    monkeypatch.setattr(os, "replace", only_here)
    place.write(a=text("甲"))
    place.build()
    assert "documents.csv" in place.files() and place.build().read_count == 0


# ---------------------------------------------------------------------------------------------------------
# The same document twice, and corrected versions


def test_the_same_content_twice_is_loaded_once_and_said(place: Place) -> None:
    place.write(a=text("甲"), b=text("甲"))
    result = place.build()
    assert [d.document_id for d in result.documents] == ["a"] and result.exit_status == 0
    assert place.outcomes() == {"a.txt": ("loaded", None), "b.txt": ("duplicate", "a.txt")}
    place.write(a=None)
    place.build()
    assert place.outcomes() == {"b.txt": ("loaded", None)}


@pytest.mark.parametrize("second", ["new", "a（更正）"])
def test_a_corrected_version_replaces_the_one_without_the_mark(
    place: Place, from_nothing: Callable[[], Place], second: str
) -> None:
    mark = "" if "更正" in second else "（更正）"
    place.write(a=text("甲"), other=text("乙"))
    place.build()
    place.write(**{second: text("甲", total=6, mark=mark)})
    result = place.build()
    assert {d.document_id for d in result.documents} == {"other", second}
    assert place.outcomes()["a.txt"] == ("replaced", f"{second}.txt")
    assert place.rows() == from_nothing().rows()
    place.write(**{second: None})
    assert [d.document_id for d in place.build().documents] == ["a", "other"]


@pytest.mark.parametrize(
    "other", [text("乙", mark="（更正）"), text("甲", 2030, mark="（更正）"), text("甲", total=6)]
)
def test_other_units_and_years_and_unmarked_documents_replace_nothing(
    place: Place, other: str
) -> None:
    place.write(a=text("甲"), b=other)
    assert [d.document_id for d in place.build().documents] == ["a", "b"]


# ---------------------------------------------------------------------------------------------------------
# In several processes


@pytest.mark.parametrize("where", ["processes", "cluster"])
def test_side_by_side_gives_the_same_files(
    place: Place, from_nothing: Callable[[], Place], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place.write(
        **{f"d{n}": text(unit, 2030 + n % 2, n) for n, unit in enumerate("甲乙丙丁戊己")}, bad=""
    )
    monkeypatch.setattr(inputs, "MOST_IN_BATCH", 2 * inputs.LEAST_OF_FILE)
    monkeypatch.setattr(inputs, "LEAST_IN_BATCH", 1)
    seen: list[tuple[int, int]] = []
    if where == "processes":
        place.build(processes=Processes(2), progress=lambda done, total: seen.append((done, total)))
    else:
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
        ) as cluster:
            address = cluster.scheduler_address
            place.build(
                processes=Processes(1, address),
                progress=lambda done, total: seen.append((done, total)),
            )
    assert [done for done, _ in seen] == [2, 3, 5, 7] and {total for _, total in seen} == {7}
    other = from_nothing()
    assert place.rows() == other.rows() and place.files() == other.files()


def test_a_cluster_reads_what_could_end_a_worker_in_a_process_of_its_own(
    place: Place, from_nothing: Callable[[], Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And goes on without a worker that is killed."""
    from distributed import Client, LocalCluster

    for number, unit in enumerate("甲乙丙丁"):
        (place.raw / f"d{number}.pdf").write_bytes(as_pdf(text(unit).splitlines()))
    monkeypatch.setattr(inputs, "MOST_IN_BATCH", 1)
    monkeypatch.setattr(inputs, "LEAST_IN_BATCH", 1)
    seen: list[int] = []
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        with Client(cluster.scheduler_address) as client:
            first, _ = client.run(os.getpid).values()

        def kill_first(done: int, total: int) -> None:
            seen.append(done)
            if done == 1:
                os.kill(first, signal.SIGKILL)

        place.build(processes=Processes(2, cluster.scheduler_address), progress=kill_first)
    assert seen == [1, 2, 3, 4]
    other = from_nothing()
    assert place.rows() == other.rows() and place.files() == other.files()


def _client_of(answers: Callable[[str], dict[str, str]]) -> type[nullcontext[None]]:
    """A client whose workers give these answers when they are asked for their program, for which ours is given."""

    class FakeClient(nullcontext[None]):
        def __enter__(self) -> FakeClient:
            return self

        def run(self, ask: Callable[[], str]) -> dict[str, str]:
            return answers(ask())

    return FakeClient


def test_a_worker_with_another_program_reads_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(a=text("甲"))
    place.build()
    before = place.rows()
    place.write(a=text("乙"))
    client = _client_of(lambda ours: {"tcp://one": ours, "tcp://other": "another"})
    monkeypatch.setattr("distributed.Client", client)
    monkeypatch.setattr(processes, "read_batch", lambda *_: pytest.fail("something was read"))
    with pytest.raises(jcdata.WorkerError, match="tcp://other has another jcdata"):
        place.build(processes=Processes(1, "tcp://scheduler"))
    assert place.rows() == before


def _read_by_another(*task: object) -> batches.Batch:
    """What a worker of an older version gives, which does not say its program."""
    return batches.Batch({}, [], set())


def test_what_another_program_read_is_not_kept(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(a=text("甲"))
    monkeypatch.setattr("distributed.Client", _client_of(lambda _: {}))  # the worker comes later
    monkeypatch.setattr(
        "joblib.parallel_config",
        lambda backend, config=joblib.parallel_config: config("threading", n_jobs=2),
    )
    monkeypatch.setattr(processes, "read_batch", _read_by_another)
    with pytest.raises(jcdata.WorkerError, match="a worker has another jcdata"):
        place.build(processes=Processes(1, "tcp://scheduler"))
    assert not place.database.exists()


@given(
    st.lists(st.tuples(st.integers(0, 3_000_000), st.sampled_from([".txt", ".pdf", ".xlsx"]))),
    st.integers(1, 8),
)
def test_batches_keep_the_order_and_are_of_like_size(
    files: list[tuple[int, str]], processes: int
) -> None:
    found = [
        FoundFile(Path(f"{n}{suffix}"), f"{n}{suffix}", "", size, f"{n}")
        for n, (size, suffix) in enumerate(files)
    ]
    batches = inputs.in_batches(found, processes)
    assert [file for batch in batches for file in batch] == found and all(batches)
    work = [
        [max(f.size, 16_000) * (0.5 if f.path.suffix == ".pdf" else 1) for f in batch]
        for batch in batches
    ]
    assert all(sum(b) <= 4_000_000 + (b[0] + b[-1]) / 2 for b in work)


def test_work_is_shared_out_evenly() -> None:
    found = [FoundFile(Path(f"{n}.txt"), f"{n}.txt", "", 20_000, f"{n}") for n in range(1000)]
    assert [len(batch) for batch in inputs.in_batches(found, 2)] == [167, 166, 167, 167, 166, 167]
    assert len(inputs.in_batches(found[:20], 2)) == 1  # a second process would take longer to start
    pages = [FoundFile(Path(f"{n}.pdf"), f"{n}.pdf", "", 500_000, f"{n}") for n in range(40)]
    assert [len(batch) for batch in inputs.in_batches(pages, 2)] == [10, 10, 10, 10]


def test_a_fault_of_the_program_costs_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(data: bytes, file_name: str, *_: object) -> batches.ParsedDocument:
        if file_name == "bad.txt":
            raise IndexError("list index out of range")
        return whole(data, file_name)

    whole = batches.parse_document
    monkeypatch.setattr(batches, "parse_document", parse)
    batch = read_batch([RawFile("bad.txt", b"x"), RawFile("good.txt", text().encode())])
    assert [(t.file_name, t.reason.split(" in ")[0]) for t in batch.troubles] == [
        ("bad.txt", "a fault of jcdata: IndexError('list index out of range')")
    ]
    assert batch.unreadable == {"bad.txt"} and "budget_lines" in batch.parquet


def test_a_document_that_no_check_or_column_takes_costs_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def check(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("SELECT error('no such rate') FROM documents WHERE document_id = 'bad'")
        whole(con)

    whole = batches.fill_check_results
    monkeypatch.setattr(batches, "fill_check_results", check)
    batch = read_batch(
        [RawFile("bad.txt", text("甲").encode()), RawFile("good.txt", text("乙").encode())]
    )
    (trouble,) = batch.troubles
    name, reason = trouble.file_name, trouble.reason
    assert (
        name == "bad.txt"
        and "a fault of jcdata" in reason
        and "no such rate" in reason
        and "\n" not in reason
    )
    assert batch.unreadable == {"bad.txt"} and "budget_lines" in batch.parquet


@pytest.mark.parametrize("set_as", [gc.enable, gc.disable])
def test_a_batch_leaves_the_collection_of_garbage_as_it_is_set(set_as: Callable[[], None]) -> None:
    try:
        set_as()
        before = gc.isenabled()
        read_batch([RawFile("some.txt", text().encode())])
        assert gc.isenabled() == before
    finally:
        gc.enable()


LONG = "CREATE TABLE long AS SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range % 7 = b.range % 11"


@pytest.mark.parametrize(
    "execute",
    [duckdb.DuckDBPyConnection.execute, lambda con, sql: execute_side_by_side(con, [sql])],
)
def test_a_document_that_is_not_checked_in_time_is_reported(
    monkeypatch: pytest.MonkeyPatch, execute: Callable[[duckdb.DuckDBPyConnection, str], object]
) -> None:
    def check(con: duckdb.DuckDBPyConnection) -> None:
        if con.execute("FROM documents WHERE document_id = 'bad'").fetchall():
            execute(con, LONG)
        whole(con)

    whole = batches.fill_check_results
    monkeypatch.setattr(batches, "fill_check_results", check)
    batch = read_batch(
        [RawFile("bad.txt", text("甲").encode()), RawFile("good.txt", text("乙").encode())],
        limits=Limits(seconds=10),
    )
    assert batch.troubles == [
        ("bad.txt", None, "", "not read and checked within 10 seconds / 超过读取核对时限", None)
    ]
    assert batch.unreadable == {"bad.txt"} and "budget_lines" in batch.parquet


TOO_LONG = "not read and checked within 1 seconds"


def test_a_document_that_takes_too_long_is_reported() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(DocumentError, match=TOO_LONG), TimeLimit(1):
        time.sleep(60)
    with TimeLimit(1):
        pass
    assert (
        signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        and signal.getsignal(signal.SIGALRM) is before
    )


def test_a_page_that_takes_too_long_is_no_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jcdata.documents.formats.pdf.reading.read_page", lambda *_: time.sleep(60))
    batch = read_batch([RawFile("long.pdf", as_pdf(["标题"]))], limits=Limits(seconds=1))
    assert batch.troubles == [("long.pdf", None, "", f"{TOO_LONG} / 超过读取核对时限", None)]


def test_a_page_that_is_recognised_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(page: object) -> object:
        time.sleep(1.5)
        raise DocumentError(Message("done", "完"))

    scan = as_scan(as_pdf(["标题"]), dpi=20)
    monkeypatch.setattr("jcdata.documents.formats.pdf.reading.read_scan", read)
    begun: list[str] = []
    batch = read_batch([RawFile("a.pdf", scan)], limits=Limits(seconds=1), begin=begun.append)
    assert begun[:2] == ["a.pdf", "a.pdf"]  # whoever watches from outside begins anew
    assert [trouble.reason for trouble in batch.troubles] == ["done / 完"]
    limits = Limits(seconds=1, scan_seconds=0)
    batch = read_batch([RawFile("a.pdf", scan)], limits=limits)
    assert [trouble.reason for trouble in batch.troubles] == [f"{TOO_LONG} / 超过读取核对时限"]


def test_what_goes_on_after_the_limit_is_interrupted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "AGAIN", 0.1)
    interruptions = 0
    with pytest.raises(DocumentError, match=TOO_LONG), TimeLimit(1):
        while True:
            try:
                time.sleep(60)
            except BaseException:  # as a library that swallows whatever is raised in it
                interruptions += 1
                if interruptions == 3:
                    raise
    assert interruptions == 3


@pytest.mark.parametrize("error", [None, RuntimeError("Query interrupted")])
def test_what_a_library_makes_of_the_limit_is_told_as_such(error: Exception | None) -> None:
    with pytest.raises(DocumentError, match=TOO_LONG), TimeLimit(1):
        try:
            time.sleep(60)
        except BaseException:  # as DuckDB, which raises its own error or goes on
            if error:
                raise error from None


def test_a_limit_that_is_over_while_it_is_left_raises_nothing_else() -> None:
    limit = TimeLimit(60)
    with pytest.raises(DocumentError), limit:
        limit._interrupt(signal.SIGALRM, SimpleNamespace(f_code=TimeLimit.__exit__.__code__))


def test_the_limit_of_time_leaves_other_errors_and_ctrl_c_alone() -> None:
    with pytest.raises(KeyError), TimeLimit(1):
        raise KeyError
    with pytest.raises(KeyboardInterrupt), TimeLimit(1):
        try:
            time.sleep(60)
        except BaseException:  # Ctrl-C comes while the limit is told
            raise KeyboardInterrupt from None


# ---------------------------------------------------------------------------------------------------------
# One build at a time


def test_a_second_build_says_that_it_waits(place: Place) -> None:
    place.write(a=text("甲"))
    lock = FileLock(place.database.parent / f".{place.database.name}.lock")
    lock.acquire()
    said: list[str] = []

    def notice(message: Message) -> None:
        said.append(message.en)
        lock.release()

    assert place.build(notice=notice).read_count == 1
    assert said == [f"another build of {place.database} is running; waiting for it"]


def test_what_a_killed_build_left_is_removed(place: Place) -> None:
    place.write(a=text("甲"))
    left, own = (
        place.database.with_name(f".{place.database.name}{ending}")
        for ending in (".build", "-backup")
    )
    for folder in (left, own):
        folder.mkdir()
        (folder / "part").write_bytes(b"half")
    (left / MARKER).touch()
    place.build()
    assert not left.exists() and own.exists()


def test_a_database_may_be_a_link_and_have_a_long_name(place: Place) -> None:
    place.write(a=text("甲"))
    target = place.database.parent / "elsewhere" / ("库" * 81 + ".duckdb")
    place.database.symlink_to(target)
    place.build()
    place.write(b=text("乙"))
    place.build()
    assert place.database.is_symlink() and len(place.rows()["documents"]) == 2
    assert [path.name for path in target.parent.glob("[!.]*")] == [target.name]


def test_a_reader_keeps_its_view_during_a_build(place: Place) -> None:
    place.write(a=text("甲"))
    place.build()
    with jcdata.connect(place.database) as reader:
        place.write(b=text("乙"))
        place.build()
        assert reader.sql("SELECT count(*) FROM documents").fetchall() == [(1,)]
    with jcdata.connect(place.database) as reader:
        assert reader.sql("SELECT count(*) FROM documents").fetchall() == [(2,)]


def run_build(place: Place, before: str = "") -> subprocess.Popen[str]:
    """Start a build as a process of its own, after another statement."""
    code = (
        f"import os\nfrom pathlib import Path\nfrom jcdata.pipeline.build import build_database as build\n{before}\nprint('begun', flush=True)\n"
        "build(Path('raw'), Path('some.duckdb'), Path('clean'))"
    )
    command = [sys.executable, "-c", code]
    return subprocess.Popen(
        command,
        cwd=place.raw.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("moment", [0.1, 0.4, 0.7, 0.95])
def test_a_killed_build_leaves_the_database_of_before_or_the_new_one(
    place: Place, from_nothing: Callable[[], Place], moment: float
) -> None:
    place.write(**{f"d{n}": text(unit) for n, unit in enumerate("甲乙丙丁戊己")})
    place.build()
    old = place.rows()
    place.write(**{f"d{n}": text(unit, total=7) for n, unit in enumerate("甲乙丙丁戊己")})
    begun = time.perf_counter()
    new = from_nothing().rows()
    usual = time.perf_counter() - begun
    process = run_build(place)
    assert process.stdout and process.stdout.readline() == "begun\n"
    time.sleep(moment * usual)
    process.kill()
    process.communicate()
    assert place.rows() in (old, new)
    place.build()
    assert place.rows() == new
    assert [path.name for path in place.raw.parent.glob(".*")] == [".some.duckdb.lock"]


def test_a_folder_that_cannot_be_written_is_said_and_left_as_it_is(place: Place) -> None:
    place.write(a=text("甲"))
    place.build()
    before, folder = (place.rows(), place.files()), place.raw.parent
    place.write(a=text("乙"))
    folder.chmod(0o555)
    try:
        _, said = run_build(
            place, "os.geteuid() or os.setuid(65534)"
        ).communicate()  # root may write anywhere
    finally:
        folder.chmod(0o755)
    assert "PermissionError" in said.splitlines()[-1]
    assert (place.rows(), place.files()) == before
