"""How charts look and travel: one theme, one renderer that needs no network, files with Chinese text.

Importing this module makes both the ones that Altair uses.
"""

from __future__ import annotations

import json
import warnings
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from jcdata.errors import MissingFontWarning
from jcdata.messages import Message

NAME = "jcdata"
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, sans-serif"
# The version that JupyterLab and VS Code have on board; for a newer one they would ask the network.
VEGALITE = "5.20"
VEGALITE_MIME = "application/vnd.vegalite.v5+json"
SVG_MIME = "image/svg+xml"

# Okabe and Ito's colours, which all kinds of colour vision tell apart
BLUE, VERMILLION, SKY = "#0072B2", "#D55E00", "#56B4E9"
GREY, LIGHT_GREY = "#666666", "#BBBBBB"
LINES = [BLUE, VERMILLION, "#009E73", "#CC79A7", SKY, "#E69F00", "black"]


@alt.theme.register(NAME, enable=True)
def theme() -> alt.theme.ThemeConfig:
    """The look of all charts: a font with Chinese characters, quiet axes, the title at the left."""
    return {
        "config": {
            "font": FONT,
            "background": "white",
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "frame": "bounds",
                "fontSize": 15,
                "subtitleFontSize": 12,
                "subtitleColor": GREY,
                "offset": 10,
            },
            "axis": {
                "domain": False,
                "ticks": False,
                "grid": False,
                "labelFlush": False,
                "labelFontSize": 12,
                "labelPadding": 6,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "titleColor": GREY,
            },
            "axisX": {"tickCount": 6, "labelSeparation": 8},
            "legend": {"orient": "top", "labelFontSize": 12, "labelLimit": 400, "title": None},
            "text": {"fontSize": 12},
            "scale": {"bandPaddingInner": 0.3, "bandPaddingOuter": 0.15},
        }
    }


def mime_bundle(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    """A chart in each form that a viewer may know: live in JupyterLab and VS Code, as SVG everywhere else."""
    warn_without_chinese_font()
    old = spec | {"$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json"}
    return {
        VEGALITE_MIME: old,
        SVG_MIME: vl_convert.vegalite_to_svg(old, vl_version=VEGALITE),
        "text/plain": "<jcdata chart / 图>",
    }


alt.renderers.register(NAME, mime_bundle)
alt.renderers.enable(NAME)


class _InScript(json.JSONEncoder):
    """JSON that holds no markup, as `</script>` in a name would end the script that it stands in."""

    def encode(self, o: Any) -> str:
        return super().encode(o).replace("<", r"\u003c")


def save(chart: alt.VConcatChart, path: str | PathLike[str]) -> None:
    """Write a chart as .png, .svg, .pdf or .html; the page holds all that it needs and opens without a network.

    Warns with `jcdata.MissingFontWarning` if Chinese characters would be boxes. Raises ValueError for another suffix.
    """
    warn_without_chinese_font()
    if Path(path).suffix == ".html":
        chart.save(Path(path), inline=True, json_kwds={"cls": _InScript})
    else:
        chart.save(Path(path), scale_factor=2)


_NO_FONT = Message(
    "no font with Chinese characters: install fonts-noto-cjk (Debian, Ubuntu), google-noto-sans-cjk-fonts (Fedora) "
    "or another one, then restart",
    "本机没有中文字体，图片中的汉字会显示为方框；请安装 Noto Sans CJK 后重新启动",
)


def warn_without_chinese_font() -> None:
    """Say what to install where no font has Chinese characters."""
    if not has_chinese_font():
        warnings.warn(
            str(_NO_FONT),
            MissingFontWarning,
            stacklevel=3,
        )


@cache
def has_chinese_font() -> bool:
    """Whether two Chinese characters look different, as they do unless both are drawn as boxes."""
    one, other = map(_drawn, "中国")
    return one != other


def _drawn(character: str) -> bytes:
    text = f'<text y="20" font-size="20" font-family="{FONT}">{character}</text>'
    return vl_convert.svg_to_png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">{text}</svg>'
    )
