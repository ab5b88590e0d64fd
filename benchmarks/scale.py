"""How time and memory grow with the number of documents, on generated ones. It measures; nothing fails here.

    .venv/bin/python benchmarks/scale.py [COUNT ...]          # 100 1000 10000 if not given
    .venv/bin/python benchmarks/scale.py pdf [COUNT ...]      # printed on some forty pages each

Every build is the command in a process of its own; memory is the most that it and its workers held at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
from generator import write_documents
from printing import write_prints

from jcdata import schema

COMMAND = str(Path(sys.executable).with_name("jcdata"))
PAGE = os.sysconf("SC_PAGE_SIZE")


def build_command(folder: Path, *options: str, name: str = "jcdata") -> list[str]:
    """The command that builds what lies in a folder."""
    outputs = ["--db", str(folder / f"{name}.duckdb"), "--clean", str(folder / f"{name}-clean")]
    return [COMMAND, "build", str(folder / "raw"), *outputs, *options]


def build_twice(folder: Path) -> float:
    """Seconds until two builds end that know nothing of each other: what the processors themselves lose when both work."""
    commands = [
        build_command(folder, "--full", "--jobs", "1", name=name) for name in ("one", "other")
    ]
    begun = time.perf_counter()
    processes = [
        subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in commands
    ]
    for process in processes:
        process.wait()
    return time.perf_counter() - begun


def build(folder: Path, *options: str) -> tuple[float, float]:
    """Seconds of a build, and the most megabytes that its processes held together."""
    command = build_command(folder, *options)
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.2):
            most = max(most, sum(map(_resident, _family(process.pid))) / 1e6)

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - begun
    done.set()
    watcher.join()
    if status not in (0, 2):  # 2: some part was not recognised, the rest is loaded
        raise RuntimeError(f"{' '.join(command)}: exit status {status}")
    return seconds, most


def _family(pid: int) -> list[int]:
    """A process and those that it started."""
    try:  # each thread has those that it started itself
        children = [
            int(child)
            for path in Path(f"/proc/{pid}/task").glob("*/children")
            for child in path.read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(child))]


def _resident(pid: int) -> int:
    """Bytes of memory that are a process's own; what it shares with others counts once, with none."""
    try:
        resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
    except OSError:
        return 0
    return (int(resident) - int(shared)) * PAGE


def change_one(files: Sequence[Path], by: int) -> None:
    """Let a file in the middle hold another document: that of the file so many places further on."""
    middle = len(files) // 2
    files[middle].write_bytes(files[(middle + by) % len(files)].read_bytes() + b"\n")


def views(database: Path) -> dict[str, float]:
    """Seconds that each view takes, all rows of it computed."""
    taken = {}
    with duckdb.connect(str(database), read_only=True, config={"threads": 2}) as con:
        for view in schema.views():
            columns = ", ".join(f"hash({field.name})" for field in view.fields)
            begun = time.perf_counter()
            con.sql(
                f"SELECT {' + '.join(f'max({c})::HUGEINT' for c in columns.split(', '))} FROM {view.name}"
            ).fetchall()
            taken[view.name] = time.perf_counter() - begun
    return taken


def answers(database: Path) -> dict[str, float]:
    """Seconds of commands that ask a database about a unit of it, each in a process of its own: the fastest of three."""
    with duckdb.connect(str(database), read_only=True) as con:
        ((unit, year),) = con.sql(
            "SELECT unit_name, fiscal_year FROM documents WHERE unit_name IS NOT NULL ORDER BY document_id LIMIT 1"
        ).fetchall()
    page = str(database.with_name("report.html"))
    asked = {
        "sql": ["sql", "SELECT count(*) FROM documents"],
        "check --unit": ["check", "--unit", unit],
        "trace": ["trace", "1,234.56"],
        "report": ["report", page, "--unit", unit, "--year", str(year)],
    }
    taken = {}
    for name, arguments in asked.items():
        command = [COMMAND, *arguments, "--db", str(database)]
        best = float("inf")
        for _ in range(3):
            begun = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            best = min(best, time.perf_counter() - begun)
        taken[name] = best
    return taken


def main() -> None:
    """Print the measurements as Markdown tables."""
    are_printed = sys.argv[1:2] == ["pdf"]
    counts = [int(argument) for argument in sys.argv[1 + are_printed :]] or [100, 1000, 10000]
    print(
        "| documents | MB | build, s | MB/s | memory, MB | one process, s | two apart, s | unchanged, s | one changed, s |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    queries: dict[int, dict[str, float]] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (write_prints if are_printed else write_documents)(count, folder / "raw")
            files = sorted(file for file in (folder / "raw").rglob("*") if file.is_file())
            size = sum(path.stat().st_size for path in files) / 1e6
            alone, _ = build(folder, "--full", "--jobs", "1")
            apart = build_twice(folder)
            seconds, memory = build(folder, "--full")
            unchanged, _ = build(folder)
            change_one(files, 1)
            one, _ = build(folder)
            figures = f"{size:.1f} | {seconds:.1f} | {size / seconds:.2f} | {memory:.0f} | {alone:.1f} | {apart:.1f} | {unchanged:.2f} | {one:.2f}"
            print(f"| {count:,} | {figures} |", flush=True)
            queries[count] = answers(folder / "jcdata.duckdb") | views(folder / "jcdata.duckdb")
    print(
        f"\n| command or view, ms | {' | '.join(f'{count:,} documents' for count in counts)} |\n| --- |{' ---: |' * len(counts)}"
    )
    for name in queries[counts[0]]:
        print(
            f"| {name} | {' | '.join(f'{1000 * queries[count][name]:.0f}' for count in counts)} |"
        )


if __name__ == "__main__":
    main()
