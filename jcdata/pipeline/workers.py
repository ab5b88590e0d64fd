"""Batches that are read side by side in processes of this machine, none of which outlives its parent."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait

from jcdata.errors import DocumentError, WorkerEndedError
from jcdata.messages import Message
from jcdata.pipeline.batches import Batch, RawFile, Task, not_read
from jcdata.pipeline.worker import Worker

_AHEAD = 2  # batches for each worker that are read before the first of them is asked for
_WAKES = 0.5  # seconds


def read_side_by_side(tasks: Iterator[Task], count: int) -> Generator[list[Batch]]:
    """What each task gives, in order, read by `count` workers, which are gone when the generator is closed.

    It is one batch, or one of each file if a worker ended. Raises OSError if no worker can be started, and what `read_batch`
    raises.
    """
    workers = _Workers()
    reading: deque[Future[list[Batch]]] = deque()
    with ThreadPoolExecutor(count) as threads:
        try:
            for task in tasks:
                reading.append(threads.submit(workers.read, task))
                if len(reading) == _AHEAD * count:
                    yield _result(reading.popleft())
            while reading:
                yield _result(reading.popleft())
        finally:
            workers.kill()
            threads.shutdown(cancel_futures=True)
            workers.close()


def _result(future: Future[list[Batch]]) -> list[Batch]:
    """What is read, once it is. A signal that another thread receives is noticed only when this one wakes."""
    while not wait([future], timeout=_WAKES).done:
        pass
    return future.result()


class _Workers:
    """A worker for each thread that asks."""

    def __init__(self) -> None:
        self._started: list[Worker] = []
        self._own = threading.local()
        self._is_closed = False
        self._lock = threading.Lock()

    def read(self, task: Task) -> list[Batch]:
        """One batch. If its worker ended, each file is read again by itself, and one that ends another is given up.

        So are those that can't be checked together; for one that can't be checked by itself DocumentError is raised.
        """
        given_up: set[str] = set()
        try:
            return [self._ask(task)]
        except WorkerEndedError as ended:
            given_up = {ended.file_name} if ended.is_overdue else set()
        except DocumentError:
            if len(task.files) == 1:
                raise
        batches = []
        for file in task.files:
            if file.file_name in given_up:
                batches.append(_given_up(file, task, is_overdue=True))
                continue
            try:
                batches.append(self._ask(task._replace(files=[file])))
            except WorkerEndedError as ended:
                batches.append(_given_up(file, task, ended.is_overdue))
        return batches

    def _ask(self, task: Task) -> Batch:
        with self._lock:
            if self._is_closed:
                raise CancelledError
            worker: Worker | None = getattr(self._own, "worker", None)
            if worker is None:
                worker = self._own.worker = Worker()
                self._started.append(worker)
        try:
            return worker.read(task)
        except WorkerEndedError:
            self._own.worker = None
            raise

    def kill(self) -> None:
        """End all workers, also those that are reading; no other is started."""
        with self._lock:
            self._is_closed = True
        for worker in self._started:
            worker.kill()

    def close(self) -> None:
        """Wait until all workers are gone, when no thread asks any more."""
        for worker in self._started:
            worker.close()


def _given_up(file: RawFile, task: Task, is_overdue: bool) -> Batch:
    if is_overdue:
        reason = Message(
            f"not read and checked within {task.limits.seconds} seconds", "超过读取核对时限"
        )
    else:
        reason = Message(
            "reading it ended the process twice, probably for want of memory",
            "读取进程两次异常终止，可能内存不足",
        )
    return Batch(
        parquet={},
        troubles=[not_read(file.file_name, DocumentError(reason))],
        unreadable={file.file_name},
    )
