"""Running a notebook of the project changes no file: what JupyterLab saves of it has no results."""

from __future__ import annotations

from typing import Any


def leave_out_results(model: dict[str, Any], **_: object) -> None:
    """Take from a notebook that is about to be saved what running it brought, if its metadata say so.

    They do with `"jcdata": {"saves_results": false}`; all other notebooks are saved as they are. JupyterLab calls this as
    `ContentsManager.pre_save_hook`; `model` is changed in place, what people see on the page stays.
    """
    notebook = model.get("content")
    if model.get("type") != "notebook" or not isinstance(notebook, dict):
        return
    metadata = notebook["metadata"]
    if metadata.get("jcdata", {}).get("saves_results", True):
        return
    metadata.pop("widgets", None)
    metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    metadata["language_info"] = {"name": "python"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        for key in ("execution", "collapsed", "scrolled"):
            cell["metadata"].pop(key, None)
        cell["metadata"].get("jupyter", {}).pop("outputs_hidden", None)
