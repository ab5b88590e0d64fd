"""What an extra of the package brings; where it is missing, one sentence says how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from jcdata.errors import MissingExtraError
from jcdata.messages import Message

# The modules of each extra for users, those that it shares with another extra left out
EXTRAS = {
    "analysis": ("altair", "pandas", "pyarrow", "vl_convert"),
    "lab": ("ipykernel", "ipywidgets", "jupyterlab", "jupyterlab_language_pack_zh_CN"),
    "ocr": ("onnxruntime", "rapidocr"),
    "cluster": ("distributed",),
}


def install_command(extra: str) -> str:
    """The command that brings an extra."""
    return f"pip install 'jcdata[{extra}]'"


def missing_modules(extra: str) -> list[str]:
    """The modules of an extra that are not installed."""
    return [name for name in EXTRAS[extra] if find_spec(name) is None]


def require(extra: str) -> None:
    """Raises MissingExtraError, which says what to install, unless all modules of an extra are there."""
    if missing := missing_modules(extra):
        raise MissingExtraError(
            Message(
                f"{', '.join(missing)} not installed: {install_command(extra)}",
                f"缺少可选组件 {extra}，请运行上述命令",
            )
        )
