"""Builds that are ended at a random moment: each must leave the database of before whole, the next build right, and
no worker and no temporary folder.

    .venv/bin/python benchmarks/crashes.py 200 [SEED]

Before each build a document changes, so that there is something to lose; the state that is expected is that of a build
from nothing. The build alone is ended, by SIGKILL, SIGTERM or SIGINT; its workers have to notice.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import duckdb
from generator import document, write_documents

from jcdata.schema import tables

COMMAND = str(Path(sys.executable).with_name("jcdata"))
DOCUMENTS = 160  # enough for two batches
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
PATIENCE = 5  # seconds in which workers are gone, on a busy machine too


def start(raw: Path, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a build with two workers in a session of its own, by which its workers are known."""
    command = [
        COMMAND,
        "build",
        str(raw),
        "--db",
        str(folder / "some.duckdb"),
        "--clean",
        str(folder / "clean"),
        "--jobs",
        "2",
        *options,
    ]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip


def orphans(session: int) -> list[int]:
    """Processes of a session, Linux only, those left out that have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            state, _, _, own, *_ = path.read_text().rpartition(")")[2].split()
            if int(own) == session and state != "Z":
                found.append(int(path.parent.name))
    return found


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a database."""
    with duckdb.connect(str(database), read_only=True) as con:
        return {
            t.name: con.sql(f"FROM {t.name} ORDER BY {', '.join(t.key)}").fetchall()
            for t in tables()
        }


def clean(folder: Path) -> dict[str, bytes]:
    """All clean files."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("[!.]*.*"))}


def main() -> None:
    """Kill builds and count what they left."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    dice = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder, raw, fresh = Path(name) / "built", Path(name) / "raw", Path(name) / "fresh"
        for place in (folder, fresh):
            place.mkdir()
        write_documents(DOCUMENTS, raw)
        files = sorted(raw.rglob("*.txt"))
        begun = time.perf_counter()
        start(raw, folder).wait()
        usual = time.perf_counter() - begun
        known = rows(folder / "some.duckdb")
        for number in range(count):
            for path in dice.sample(files, dice.randint(1, DOCUMENTS)):
                path.write_text(document(dice.randrange(10**6)), encoding="utf-8")
            process = start(raw, folder)
            time.sleep(dice.uniform(0, 1.1 * usual))
            killed = process.poll() is None
            if killed:
                process.send_signal(dice.choice(SIGNALS))
            outcomes[f"exit {process.wait()}"] += 1
            end = time.monotonic() + PATIENCE
            while (left_running := orphans(process.pid)) and time.monotonic() < end:
                time.sleep(0.05)
            outcomes["orphans"] += len(left_running)
            for orphan in left_running:
                os.kill(orphan, signal.SIGKILL)
            left = rows(folder / "some.duckdb")
            is_old = left == known
            start(raw, folder).wait()
            known = rows(folder / "some.duckdb")
            if number % 10 == 9:  # a build from nothing takes longer
                print(f"{number + 1} of {count}: {dict(outcomes)}", file=sys.stderr, flush=True)
                start(raw, fresh, "--full").wait()
                assert rows(fresh / "some.duckdb") == known and clean(fresh / "clean") == clean(
                    folder / "clean"
                ), number
            outcomes["killed" if killed else "done in time"] += 1
            outcomes["left the old database" if is_old else "left the new database"] += 1
            assert is_old or left == known, f"{number}: neither the old nor the new database"
            outcomes["leftovers"] += len(
                [
                    p
                    for p in folder.iterdir()
                    if p.name.startswith((".some.duckdb-build", "jcdata-"))
                ]
            )
    print(dict(outcomes))


if __name__ == "__main__":
    main()
