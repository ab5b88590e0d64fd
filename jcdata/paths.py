"""Where things lie by default, relative to the folder in which a command is run."""

from __future__ import annotations

from pathlib import Path

RAW_DIR = Path("data/raw")
CLEAN_DIR = Path("data/clean")
DATABASE = Path("data/jcdata.duckdb")
NOTEBOOKS = Path("notebooks")
SOURCES = "sources.toml"  # in the folder of raw documents
CORRECTIONS = "corrections.toml"  # beside that folder
REVIEWS = "reviews.toml"  # beside the database
PACKAGE = Path(__file__).parent
