"""This checkout and the two real documents in it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
BUREAU = "jincheng-emergency-bureau-2023"
CENTRE = "jincheng-dispatch-centre-2025"


def raw_text(document_id: str) -> str:
    """The text of one of the two real documents."""
    return (RAW / f"{document_id}.txt").read_text(encoding="utf-8")
