"""What the checks find in documents that were changed for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from jcdata.pipeline.build import build_database

Failures = dict[str, set[tuple[str, str]]]


def failures_in(folder: Path, texts: dict[str, str]) -> Failures:
    """Build documents given as name=text at once; by their names, (check, status) of what does not simply agree."""
    (folder / "raw").mkdir()
    for number, (name, text) in enumerate(texts.items()):
        different = text + "\n" * number  # what is there twice is loaded once
        (folder / "raw" / f"{name}.txt").write_text(different, encoding="utf-8")
    result = build_database(folder / "raw", folder / "jcdata.duckdb", None)
    with duckdb.connect(str(result.database), read_only=True) as db:
        rows = db.execute(
            "SELECT document_id, check_key || ' ' || target, status FROM check_results WHERE status IN ('fail', 'rounding')"
        ).fetchall()
    return {
        name: {(target, status) for document, target, status in rows if document == name}
        for name in texts
    }


def with_faults(sound: str, faults: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    """A sound document, and by the name of each fault the same with another text in the place of one that it prints once.

    A fault is what is printed, what takes its place, and the target of the check that finds it.
    """
    for printed, _, _ in faults.values():
        assert sound.count(printed) == 1, printed
    return {"sound": sound} | {
        name: sound.replace(printed, fault) for name, (printed, fault, _) in faults.items()
    }
