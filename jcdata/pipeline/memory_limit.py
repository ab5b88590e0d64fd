"""How much memory reading a document may take."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jcdata.errors import DocumentError
from jcdata.messages import Message

MOST_MEMORY = 2**30  # bytes that reading one document may add to what its process has


@contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """No more than `size` bytes are allocated inside; raises DocumentError for a MemoryError.

    A library that doesn't foresee a failed allocation ends the process instead. Only on Linux, and only in a process's
    main thread, as the other threads, which share the limit, would be hit by it.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        yield
        return
    import resource

    # Not the address space, of which libraries reserve more than they use
    before, highest = resource.getrlimit(resource.RLIMIT_DATA)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    wanted = pages * resource.getpagesize() + size
    allowed = [limit for limit in (before, highest) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *allowed]), highest))
    try:
        yield
    except MemoryError as error:
        reason = Message(f"needs more than {size // 2**20} MiB of memory", "所需内存超过上限")
        raise DocumentError(reason) from error
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, highest))
