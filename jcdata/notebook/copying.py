"""The project's notebooks where a user works: copies of those that came with the package."""

from __future__ import annotations

from pathlib import Path

from jcdata import paths

# In the wheel; a checkout has them in the folder from which the wheel takes them.
_IN_PACKAGE = paths.PACKAGE / "notebook" / "originals"
ORIGINALS = _IN_PACKAGE if _IN_PACKAGE.is_dir() else paths.PACKAGE.parent / paths.NOTEBOOKS


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the project's notebooks into a folder, which is made where it is not there; gives what was written.

    What is in the folder stays as it is, a notebook of the same name too. Raises OSError if nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copied = []
    for original in sorted(path for path in ORIGINALS.iterdir() if path.is_file()):
        copy = folder / original.name
        try:
            with copy.open("xb") as file:
                file.write(original.read_bytes())
        except FileExistsError:
            continue
        copied.append(copy)
    return copied
