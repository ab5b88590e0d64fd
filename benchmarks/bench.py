"""How fast jcdata is on this machine, beside what the machine needs anyway. It measures; nothing fails here.

The two sides of a comparison run in turn and the least time of each counts, so that other programs on the
machine disturb both alike. `noise` is how far the median lies above the least time.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from jcdata.documents.raw_files import find_documents
from jcdata.extraction.one_document import parse_document
from jcdata.paths import RAW_DIR

REPEATS = 7
COPIES = (10, 20, 40)
COMMAND = str(Path(sys.executable).with_name("jcdata"))
IMPORTS = "import duckdb, filelock, rapidfuzz, rich.console, rich.table, typer"


class Timing(NamedTuple):
    """Seconds of the fastest run, and how far the median lies above it, as a fraction."""

    seconds: float
    noise: float


def measure(
    *runs: Callable[[], object],
    repeats: int = REPEATS,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Timing]:
    """Time each of the runs, in turn, after one round that fills the caches."""
    for run in runs:
        run()
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(repeats):
        for run, seconds in zip(runs, taken, strict=True):
            start = clock()
            run()
            seconds.append(clock() - start)
    return [
        Timing(min(seconds), statistics.median(seconds) / min(seconds) - 1) for seconds in taken
    ]


def build(raw: Path, out: Path) -> None:
    """Run the command as a user does."""
    command = [
        COMMAND,
        "build",
        str(raw),
        "--db",
        str(out / "jcdata.duckdb"),
        "--clean",
        str(out / "clean"),
        "--full",
    ]
    status = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode
    if status not in (0, 2):  # 2: some part was not recognised, the rest is loaded
        raise RuntimeError(f"{' '.join(command)}: exit status {status}")


def import_only() -> None:
    """Start Python and load the libraries that the command can't do without."""
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)


def parse(documents: list[Path]) -> None:
    """From files to records."""
    for path in documents:
        parse_document(path.read_bytes(), path.name)


def split(documents: list[Path]) -> None:
    """The least that any reader of these files does: lines and tokens."""
    for path in documents:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            line.split()


def copy_documents(documents: list[Path], count: int, folder: Path) -> Path:
    """Fill a new folder with `count` documents under other names."""
    folder.mkdir()
    for i in range(count):
        source = documents[i % len(documents)]
        copy = folder / f"{source.stem}-copy-{i:03}{source.suffix}"
        copy.write_bytes(
            source.read_bytes() + b"\n" * i
        )  # of the same content only one would be read
    return folder


def megabytes(folder: Path) -> float:
    """Size of the documents below a folder."""
    return sum(path.stat().st_size for path in find_documents(folder)) / 1e6


def main() -> None:
    """Print the results as a Markdown table."""
    documents = find_documents(RAW_DIR)
    size = megabytes(RAW_DIR)
    print(f"{len(documents)} documents, {size:.2f} MB\n")
    print(
        f"| {'':34} | seconds | noise |   MB/s | ratio |\n| {'-' * 34} | ------: | ----: | -----: | ----: |"
    )

    def row(
        what: str, timing: Timing, rate: float | None = None, ratio: float | None = None
    ) -> None:
        figures = f"{rate:6.2f}" if rate else " " * 6, f"{ratio:5.2f}" if ratio else " " * 5
        print(
            f"| {what:34} | {timing.seconds:7.3f} | {timing.noise:5.0%} | {figures[0]} | {figures[1]} |",
            flush=True,
        )

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        imports, whole = measure(import_only, partial(build, RAW_DIR, folder))
        row("importing the libraries", imports)
        row("jcdata build data/raw", whole, ratio=whole.seconds / imports.seconds)

        floor, parsing = measure(partial(split, documents), partial(parse, documents))
        row("lines and tokens, one core", floor, size / floor.seconds)
        row(
            "documents to records, one core",
            parsing,
            size / parsing.seconds,
            parsing.seconds / floor.seconds,
        )

        # Time that is linear in the documents: each further megabyte costs the same, start-up left out.
        raws = [
            RAW_DIR,
            *(copy_documents(documents, count, folder / f"raw-{count}") for count in COPIES),
        ]
        timings = measure(*(partial(build, raw, folder) for raw in raws), repeats=5)
        steps = zip(pairwise(map(megabytes, raws)), pairwise(timings), strict=True)
        rates = [
            (more - size) / (after.seconds - before.seconds)
            for (size, more), (before, after) in steps
        ]
        for count, timing, rate in zip(COPIES, timings[1:], rates, strict=True):
            row(f"jcdata build, {count} documents", timing, rate, rates[0] / rate)


if __name__ == "__main__":
    main()
