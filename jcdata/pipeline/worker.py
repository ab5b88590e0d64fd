"""A process that reads batches for a build, and can be killed: what a document makes a library do costs nothing else.

Batches come pickled over the standard input; the names of their files, as they are begun, and what they give, or the error
that it is, go back over the standard output.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from threading import Timer
from typing import IO

from jcdata.errors import DocumentError, WorkerEndedError
from jcdata.pipeline import with_parent
from jcdata.pipeline.batches import Batch, Task, read_batch

_GRACE = (
    1.1,
    2,
)  # how much later than the limit, as a factor and in seconds, what can't be interrupted is killed


class Worker:
    """A worker as its parent sees it. Raises OSError if it can't be started."""

    def __init__(self) -> None:
        places = os.pathsep.join(place or os.getcwd() for place in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", with_parent.__file__, str(os.getpid()), __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where libraries say that they die
            env={**os.environ, "PYTHONPATH": places},
        )
        if self._receive() is None:
            raise ChildProcessError(f"{sys.executable} can't run {__name__}")

    def read(self, task: Task) -> Batch:
        """Read a batch. Raises WorkerEndedError if the process dies, or is killed as a file takes longer than it may.

        Raises what `read_batch` does too.
        """
        factor, seconds = _GRACE
        file_name, overdue = "", []

        def end() -> None:
            overdue.append(file_name)
            self.kill()

        if not self._send(task):
            raise WorkerEndedError("", is_overdue=False)
        while True:
            watch = Timer(factor * task.limits.seconds + seconds, end)
            watch.daemon = True
            watch.start()
            try:
                message = self._receive()
            finally:
                watch.cancel()
            if isinstance(message, Batch):
                return message
            if isinstance(message, (DocumentError, OSError)):
                raise message
            if not isinstance(message, str):
                # It may have begun the next file before it was gone.
                blamed = overdue[0] if overdue else file_name
                raise WorkerEndedError(blamed, is_overdue=bool(overdue))
            file_name = message

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """End the process, and wait until it is gone."""
        self.kill()
        self._process.communicate()

    def _send(self, task: Task) -> bool:
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, task)
        except OSError:
            return False
        return True

    def _receive(self) -> object:
        """What the process sends next; None if it is gone."""
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):  # cut off
            return None


def _write(stream: IO[bytes], message: object) -> None:
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def main() -> None:
    """Read batches until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent ends its workers
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no result
    _write(results, "")
    while True:
        try:
            task: Task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        answer: Batch | DocumentError | OSError
        try:
            answer = read_batch(*task, begin=lambda file_name: _write(results, file_name))
        except (DocumentError, OSError) as error:
            answer = error
        _write(results, answer)


if __name__ == "__main__":
    main()
