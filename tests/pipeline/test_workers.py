"""Workers that die, hang or take too much memory cost one document; none outlives its build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from jcdata.errors import DocumentError, WorkerEndedError
from jcdata.pipeline import with_parent, worker, workers
from jcdata.pipeline.batches import Limits, RawFile, Task
from jcdata.pipeline.processes import read_one
from jcdata.pipeline.workers import read_side_by_side
from tests.making.checkout import ROOT

# In each worker: what a line of a document does to the process that reads it
_FAULTS = """
import errno, os, signal, sys, time
from pathlib import Path
import duckdb
from jcdata.pipeline import batches
from jcdata.schema import SourceLine

def parse_document(data, file_name, begin_scan, document_id, read=batches.parse_document):
    if b"ONCE" in data and not Path(file_name).exists():
        Path(file_name).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if b"DIES" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"SLEEPS" in data:  # as what runs in C, nothing interrupts it
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        Path(file_name).write_text(str(os.getpid()))
        time.sleep(600)
    if b"GROWS" in data:
        return bytearray(2**30)
    return read(data, file_name, begin_scan, document_id)

def as_parquet(records, *others, write=batches.as_parquet):
    texts = [line.text for line in records[SourceLine]]
    if any("UNCHECKED" in text for text in texts):
        raise KeyError("part")
    program = Path(__file__).with_name("program")
    fault = program.read_text() if program.exists() else ""
    if fault == "can't write":
        raise OSError(errno.ENOSPC, "no space")
    if fault == "can't query" or (fault == "can't do two" and len(texts) > 4):
        raise duckdb.BinderException("no such column\\nLINE 1")
    return write(records, *others)

batches.parse_document, batches.as_parquet = parse_document, as_parquet
"""
GOOD = "2031年预算收入总表\n单位：万元\n科目编码 科目名称 合计\n合计 1.00\n".encode()


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which each new Python gets faults; what they note goes there too."""
    (tmp_path / "sitecustomize.py").write_text(_FAULTS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def read(limits: Limits, *files: RawFile) -> tuple[list[str], dict[str, str]]:
    """The files that are loaded, and the reasons of those that are not."""
    (batches,) = read_side_by_side(iter([Task(files, limits=limits)]), 1)
    lost = {name for batch in batches for name in batch.unreadable}
    troubles = [t for batch in batches for t in batch.troubles if t.file_name in lost]
    loaded = [file.file_name for file in files if file.file_name not in lost]
    return loaded, {t.file_name: t.reason for t in troubles}


@pytest.mark.parametrize(
    ("does", "limits", "reason"),
    [
        (b"DIES", Limits(), "ended the process twice"),
        (b"SLEEPS", Limits(seconds=5), "not read and checked within 5 seconds"),
        (b"GROWS", Limits(memory=2**28), "needs more than 256 MiB of memory"),
    ],
    ids=["dies", "sleeps", "grows"],
)
def test_a_document_that_ends_its_worker_is_one_problem(
    faults: Path, does: bytes, limits: Limits, reason: str
) -> None:
    bad = str(faults / "bad.txt")
    loaded, reasons = read(
        limits, RawFile("a.txt", GOOD), RawFile(bad, does), RawFile("b.txt", GOOD)
    )
    assert loaded == ["a.txt", "b.txt"]
    assert list(reasons) == [bad] and reason in reasons[bad]


def test_an_error_in_the_checks_of_a_document_is_one_problem_and_said(faults: Path) -> None:
    loaded, reasons = read(
        Limits(), RawFile("a.txt", GOOD), RawFile("bad.txt", GOOD + b"UNCHECKED")
    )
    assert loaded == ["a.txt"]
    assert reasons["bad.txt"].startswith("a fault of jcdata: KeyError('part') in ")


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        ("can't query", DocumentError, "a fault of jcdata: no such column in "),
        ("can't write", OSError, "no space"),
    ],
)
def test_an_error_of_the_program_itself_is_said(
    faults: Path, fault: str, kind: type[Exception], said: str
) -> None:
    (faults / "program").write_text(fault)
    with pytest.raises(kind, match=said):
        read(Limits(), RawFile("a.txt", GOOD), RawFile("b.txt", GOOD))


def test_what_can_not_be_checked_together_is_checked_one_by_one(faults: Path) -> None:
    (faults / "program").write_text("can't do two")
    read_well = read(Limits(), RawFile("a.txt", GOOD), RawFile("b.txt", GOOD))
    assert read_well == (["a.txt", "b.txt"], {})


def test_a_worker_that_dies_by_chance_costs_nothing(faults: Path) -> None:
    name = str(faults / "some.txt")
    assert read(Limits(), RawFile(name, GOOD + b"ONCE")) == ([name], {})


def test_results_keep_their_order(faults: Path) -> None:
    tasks = [Task([RawFile(f"{n}.txt", b"DIES" if n % 3 == 0 else GOOD)]) for n in range(6)]
    results = list(read_side_by_side(iter(tasks), 2))
    assert [[batch.unreadable for batch in batches] for batches in results] == [
        [{"0.txt"}], [set()], [set()], [{"3.txt"}], [set()], [set()],
    ]  # fmt: skip


def test_one_file_is_read_as_in_a_build(faults: Path) -> None:
    (trouble,) = read_one(RawFile("bad.html", b"<html>DIES")).troubles
    assert "ended the process twice" in trouble.reason


def is_running(pid: int) -> bool:
    """Whether a process is there; one whose parent did not ask for its end yet is not."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Whether something becomes so within a minute."""
    end = time.monotonic() + 60
    while not (now := is_so()) and time.monotonic() < end:
        time.sleep(0.05)
    return now


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        (signal.SIGINT, 130, "stopped"),
        (signal.SIGTERM, 143, "stopped"),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
)
def test_a_build_that_is_ended_leaves_no_worker_and_no_folder(
    faults: Path, number: signal.Signals, status: int, said: str
) -> None:
    raw, scratch, database = faults / "raw", faults / "scratch", faults / "some.duckdb"
    for folder in (raw, scratch):
        folder.mkdir()
    for name in ("a.html", "b.html"):
        (raw / name).write_text(f"<html>SLEEPS {name}", encoding="utf-8")
    command = [sys.executable, "-m", "jcdata", "build", str(raw), "--db", str(database), "--jobs", "1"]  # fmt: skip
    places = os.pathsep.join([str(faults), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": places, "TMPDIR": str(scratch)}
    note = faults / "a.html"
    with subprocess.Popen(
        [*command, "--clean", str(faults / "clean")],
        cwd=faults,
        env=environment,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as build:
        try:
            assert wait_until(lambda: note.exists() and note.read_text() != "")
            worker = int(note.read_text())
            build.send_signal(number)
            told = build.communicate(timeout=60)[1]
        finally:
            build.kill()
    assert build.returncode == status
    assert told.startswith(said) and told.count("\n") == bool(said)
    assert wait_until(lambda: not is_running(worker))
    assert not list(scratch.iterdir()) and not database.exists()
    if said:
        assert not list(faults.glob(".some.duckdb-build*"))


class _Stopped(Exception):
    """What the handler of a signal raises in a test."""


def test_a_signal_that_another_thread_receives_ends_the_reading_at_once(
    faults: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up: list[RawFile] = []
    monkeypatch.setattr(workers, "_given_up", lambda file, *_, **__: given_up.append(file))
    note = faults / "slow.txt"
    tasks = iter([Task([RawFile(str(note), b"SLEEPS")], limits=Limits(seconds=30))])

    def stop(number: int, frame: object) -> None:
        raise _Stopped

    def send() -> None:
        if wait_until(lambda: note.exists() and note.read_text() != ""):
            signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, stop)
    try:
        with pytest.raises(_Stopped), closing(read_side_by_side(tasks, 1)) as results:
            threading.Thread(target=send).start()
            next(results)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert wait_until(lambda: not is_running(int(note.read_text())))
    assert given_up == []  # as it would be if the wait had ended by itself


def test_a_process_whose_parent_is_gone_before_it_begins_imports_nothing(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text("print('imported')", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-P", with_parent.__file__, "1" if os.getpid() != 1 else "2", "late"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert told.stdout == b""


class _SlowToEnd(worker.Worker):
    """A worker that is killed over its first file and names the second before it is gone."""

    def __init__(self) -> None:
        self._killed = threading.Event()
        self._steps = iter(range(3))

    def kill(self) -> None:
        self._killed.set()

    def _send(self, task: Task) -> bool:
        return True

    def _receive(self) -> object:
        step = next(self._steps)
        if step == 1:
            self._killed.wait(60)
        return ("slow.txt", "next.txt", None)[step]


def test_the_file_that_took_too_long_is_blamed_not_the_one_begun_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "_GRACE", (0, 0.1))
    with pytest.raises(WorkerEndedError) as ended:
        _SlowToEnd().read(Task([]))
    assert (ended.value.file_name, ended.value.is_overdue) == ("slow.txt", True)
