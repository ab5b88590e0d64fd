"""Where things lie by default, relative to the folder in which a command is run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

RAW_DIR = Path("data/raw")
CLEAN_DIR = Path("data/clean")
DATABASE = Path("data/jcdata.duckdb")
NOTEBOOKS = Path("notebooks")
SOURCES = "sources.toml"  # in the folder of raw documents
CORRECTIONS = "corrections.toml"  # beside that folder
REVIEWS = "reviews.toml"  # beside the database
PACKAGE = Path(__file__).parent
CACHE = "JCDATA_CACHE"  # names the folder for what can be made again, '' for none


def cache_folder() -> Path | None:
    """Where this user keeps what can be made again; None if nowhere. The folder need not be there."""
    if (given := os.environ.get(CACHE)) is not None:
        return Path(given) if given else None
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Caches")
    else:
        folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(folder, "jcdata") if os.path.isabs(folder) else None
