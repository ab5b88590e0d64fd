"""Batches of files read side by side: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from jcdata.database.warehouse import write_parts
from jcdata.documents.document import read_bytes
from jcdata.errors import DocumentError
from jcdata.extraction.one_document import Trouble
from jcdata.pipeline.batches import Batch, RawFile, read_batch
from jcdata.pipeline.corrections import Correction
from jcdata.pipeline.inputs import FoundFile, in_batches


class Processes(NamedTuple):
    """Where files are read: in `jobs` processes (None: one for each processor), or on the cluster of a Dask scheduler.

    Workers of a cluster need this package and nothing else: the contents of the files are sent to them.
    """

    jobs: int | None = None
    scheduler: str | None = None

    @property
    def cores(self) -> int:
        """Processors of this machine that are used."""
        return self.jobs or os.cpu_count() or 1


class Reading(NamedTuple):
    """What could not be read: troubles, and the names of the files of which nothing could be read.

    `unopened` are the names of those that could be opened when they were found, and not any more to be read.
    """

    troubles: list[Trouble]
    unreadable: set[str]
    unopened: set[str]


def read_all(
    files: Sequence[FoundFile], parts: Path, corrections: Sequence[Correction], processes: Processes,
    progress: Callable[[int, int], None],
) -> Reading:  # fmt: skip
    """Read files into Parquet files below `parts`, in a folder for each table, named so that their order is the files'.

    Only the batches that are being read are in memory.
    """
    reading = Reading([], set(), set())
    done = 0
    for number, (count, batch) in enumerate(_read(files, corrections, processes, reading)):
        write_parts(parts, f"{number:06}", batch.parquet)
        reading.troubles.extend(batch.troubles)
        reading.unreadable.update(batch.unreadable)
        done += count
        progress(done, len(files))
    return reading


def _read(
    files: Sequence[FoundFile],
    corrections: Sequence[Correction],
    processes: Processes,
    reading: Reading,
) -> Iterator[tuple[int, Batch]]:
    """The number of files in each batch and what it gives, in order; `reading` is told what can't be opened."""
    batches = in_batches(files, processes.cores if processes.scheduler is None else 1)
    tasks = ((list(_open(batch, reading)), corrections) for batch in batches)
    if processes.scheduler is None and min(processes.cores, len(batches)) <= 1:
        results: Iterator[Batch] = (read_batch(*task) for task in tasks)
    else:
        results = _side_by_side(tasks, processes)
    return zip(map(len, batches), results, strict=True)


def _open(files: Iterable[FoundFile], reading: Reading) -> Iterator[RawFile]:
    for file in files:
        try:
            yield RawFile(file.file_name, read_bytes(file.path))
        except DocumentError as error:
            reading.troubles.append(
                Trouble(file_name=file.file_name, line_no=None, text="", reason=str(error.reason))
            )
            reading.unopened.add(file.file_name)


def _side_by_side(
    tasks: Iterator[tuple[list[RawFile], Sequence[Correction]]], processes: Processes
) -> Iterator[Batch]:
    from joblib import Parallel, delayed, parallel_config

    with ExitStack() as stack:
        if processes.scheduler is None:
            stack.enter_context(parallel_config("loky", n_jobs=processes.cores))
        else:
            from distributed import Client

            stack.enter_context(Client(processes.scheduler))
            stack.enter_context(parallel_config("dask"))
        yield from Parallel(return_as="generator")(delayed(read_batch)(*task) for task in tasks)
