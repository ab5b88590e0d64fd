"""Batches of files read side by side: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from jcdata.database.warehouse import write_parts
from jcdata.documents.formats.detection import is_plain_text
from jcdata.documents.raw_files import read_bytes
from jcdata.errors import DocumentError, WorkerError
from jcdata.extraction.one_document import Trouble
from jcdata.extras import require
from jcdata.messages import Message
from jcdata.pipeline.batches import LIMITS, Batch, Limits, RawFile, Task, not_read, read_batch
from jcdata.pipeline.corrections import Correction
from jcdata.pipeline.inputs import MOST_IN_BATCH, FoundFile, in_batches, program_checksum
from jcdata.pipeline.workers import read_side_by_side


class Processes(NamedTuple):
    """Where files are read: in `jobs` processes (None: one for each processor), or on the cluster of a Dask scheduler.

    Workers of a cluster need this package and nothing else: the contents of the files are sent to them.
    """

    jobs: int | None = None
    scheduler: str | None = None
    limits: Limits = LIMITS

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

    Only the batches that are being read are in memory. Raises WorkerError if a worker has another program, and what
    `read_batch` raises.
    """
    reading = Reading([], set(), set())
    done = 0
    with closing(_read(files, corrections, processes, parts.parent, reading)) as batches:
        for number, (count, batch) in enumerate(batches):
            write_parts(parts, f"{number:06}", batch.parquet)
            reading.troubles.extend(batch.troubles)
            reading.unreadable.update(batch.unreadable)
            done += count
            progress(done, len(files))
    return reading


def read_one(file: RawFile, limits: Limits = LIMITS) -> Batch:
    """Read a file within limits, whatever it makes the libraries do."""
    return read_task(Task(files=[file], limits=limits))[0]


def read_task(task: Task) -> list[Batch]:
    """Read files here, or in a process of their own if a library could end this one: one batch, or one of each file if it did."""
    if _is_harmless(task):
        return [read_batch(*task)]
    with closing(read_side_by_side(iter([task]), 1)) as results:
        return next(results)


def _read(
    files: Sequence[FoundFile], corrections: Sequence[Correction], processes: Processes, scratch: Path, reading: Reading
) -> Generator[tuple[int, Batch]]:  # fmt: skip
    """Batches, in order, each with the number of files that are done; `reading` is told what can't be opened."""
    is_here = processes.scheduler is None
    batches = in_batches(files, processes.cores if is_here else 1)
    tasks = (
        Task(
            files=list(_open(batch, reading)),
            corrections=corrections,
            limits=processes.limits,
            scratch=scratch if is_here else None,
        )
        for batch in batches
    )
    if not is_here:
        results = _on_cluster(tasks, processes)
    elif min(processes.cores, len(batches)) <= 1:
        results = (read_task(task) for task in tasks)
    else:
        results = read_side_by_side(tasks, processes.cores)
    with closing(results):
        for batch, (*before, last) in zip(batches, results, strict=True):
            yield from ((0, part) for part in before)
            yield len(batch), last


def _open(files: Iterable[FoundFile], reading: Reading) -> Iterator[RawFile]:
    for file in files:
        try:
            yield RawFile(file.file_name, read_bytes(file.path), file.document_id)
        except DocumentError as error:
            reading.troubles.append(not_read(file.file_name, error))
            reading.unopened.add(file.file_name)


def _is_harmless(task: Task) -> bool:
    """Whether nothing but Python reads these files, which can be interrupted, and little memory is needed."""
    return all(len(file.data) <= MOST_IN_BATCH and is_plain_text(file.data) for file in task.files)


def _on_cluster(tasks: Iterable[Task], processes: Processes) -> Generator[list[Batch]]:
    require("cluster")
    from distributed import Client
    from joblib import Parallel, delayed, parallel_config

    own = program_checksum()
    with Client(processes.scheduler) as client:
        for worker, program in client.run(program_checksum).items():
            _require_same(own, program, worker)
        with parallel_config("dask"):
            read = Parallel(return_as="generator")(delayed(read_task)(task) for task in tasks)
            for batches in read:
                for batch in batches:
                    # A worker may have come after the others were asked.
                    _require_same(own, batch.program, "a worker")
                yield batches


def _require_same(own: str, program: str, worker: str) -> None:
    """Raises WorkerError unless a worker's program is this one; another may read the same file another way."""
    if program != own:
        raise WorkerError(
            Message(
                f"{worker} has another jcdata, or other libraries, than this machine: nothing that it reads is kept; "
                "install the same versions there",
                "集群节点上的 jcdata 或其依赖与本机版本不同，其结果不予采用；请安装相同版本",
            )
        )
