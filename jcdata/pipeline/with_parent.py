"""Runs a module as a process that dies as soon as its parent does.

    python -P .../with_parent.py PARENT MODULE

A file that is run by itself, before anything else is imported: what a worker imports takes seconds on a busy machine, in
which a parent that is killed would leave it behind.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Die as soon as the parent does; where the system has no means for it, when the batch is read."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.name == "posix" and os.getppid() != parent:  # it was quicker
        sys.exit()


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    runpy.run_module(sys.argv[2], run_name="__main__", alter_sys=True)
