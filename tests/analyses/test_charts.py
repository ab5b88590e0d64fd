"""The charts show the documents' figures in Chinese, and are drawn wherever a notebook is read, without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import duckdb
import pandas as pd
import pytest

import jcdata
from jcdata.analyses import chart_theme, charts, panels
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU

# A machine without a Chinese font runs the tests all the same.
pytestmark = pytest.mark.filterwarnings("ignore::jcdata.MissingFontWarning")

BUREAU_UNIT, CENTRE_UNIT = "晋城市应急管理局", "晋城市应急管理调度指挥中心"


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


@pytest.fixture(scope="module")
def all_charts(db: duckdb.DuckDBPyConnection) -> dict[str, alt.VConcatChart]:
    return {
        "composition": charts.composition(jcdata.composition(db, dimension="function")),
        "key_shares": charts.key_shares(jcdata.key_shares(db)),
        "growth": charts.growth(jcdata.growth(db)),
        "growth_decomposition": charts.growth_decomposition(jcdata.growth_decomposition(db)),
        "project_costs": charts.project_costs(jcdata.project_costs(db)),
        "carry_over": charts.carry_over(jcdata.carry_over(db)),
        "project_funding": charts.project_funding(jcdata.project_funding(db)),
        "indicator_quality": charts.indicator_quality(jcdata.indicator_quality(db)),
        "carry_over_breakdown": charts.carry_over_breakdown(jcdata.carry_over_breakdown(db)),
    }


KINDS = [
    "composition", "key_shares", "growth", "growth_decomposition", "project_costs", "carry_over", "project_funding", "indicator_quality",
    "carry_over_breakdown",
]  # fmt: skip


def parts(spec: Any) -> Iterator[dict[str, Any]]:
    """The panels and layers of a chart, whatever their depth."""
    yield spec
    for part in spec.get("vconcat", []) + spec.get("layer", []):
        yield from parts(part)


def rows(chart: alt.VConcatChart, unit: str = "") -> list[dict[str, Any]]:
    """The rows that a chart draws, each once, of one unit or of all."""
    values = [row for data in chart.to_dict()["datasets"].values() for row in data]
    return [row for row in values if unit in (row.get("unit_name") or "")]


@pytest.mark.parametrize(
    ("unit", "dimension", "written"),
    [
        (BUREAU_UNIT, "revenue_source", ["88.34% · 4,176.10 万元", "11.66% · 551.01 万元"]),
        (BUREAU_UNIT, "expenditure_type", ["75.81% · 3,583.43 万元", "24.19% · 1,143.68 万元"]),
        (CENTRE_UNIT, "expenditure_type", ["64.84% · 443.54 万元", "35.16% · 240.50 万元"]),
    ],
)
def test_shares_and_amounts_are_written_largest_first(
    db: duckdb.DuckDBPyConnection, unit: str, dimension: str, written: list[str]
) -> None:
    chart = charts.composition(jcdata.composition(db, dimension=dimension, unit=unit))
    assert [row["written"] for row in rows(chart)] == written


def test_a_panel_for_each_document_with_its_question_and_unit(
    all_charts: dict[str, alt.VConcatChart],
) -> None:
    base = "一般公共预算支出（不含上年结转）"
    titles = [panel["title"] for panel in all_charts["composition"].to_dict()["vconcat"]]
    assert [title["text"] for title in titles] == ["钱用于哪些职能？"] * 2
    assert [title["subtitle"] for title in titles] == [
        f"{BUREAU_UNIT} 2023年；100% 为{base} 4,176.10 万元；类级科目",
        f"{CENTRE_UNIT} 2025年；100% 为{base} 684.05 万元；类级科目",
    ]


def test_panels_of_one_unit_and_year_name_their_files(db: duckdb.DuckDBPyConnection) -> None:
    shares = jcdata.composition(db, dimension="revenue_source")
    copied = pd.concat(
        [shares, shares[shares["unit_name"] == BUREAU_UNIT].assign(document_id="单位")]
    )
    spec = charts.composition(copied).to_dict()
    assert [panel["title"]["subtitle"].split("；")[:2] for panel in spec["vconcat"]] == [
        [f"{BUREAU_UNIT} 2023年", f"文件 {BUREAU}"],
        [f"{BUREAU_UNIT} 2023年", "文件 单位"],
        [f"{CENTRE_UNIT} 2025年", "100% 为收入合计 684.04 万元"],
    ]


def test_a_project_alone_is_compared_with_no_median_and_what_was_not_read_is_no_fault(
    db: duckdb.DuckDBPyConnection,
) -> None:
    costs = jcdata.project_costs(db)
    alone = costs.head(1).assign(indicator_count=0, yuan_per_indicator=float("nan"))
    chart = charts.project_costs(alone)
    assert [row["written"].split("，")[1] for row in rows(chart)] == ["没有读到指标"]
    assert "中位数" not in chart.to_dict()["vconcat"][0]["title"]["subtitle"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_bar_is_sorted_and_tells_its_source(
    all_charts: dict[str, alt.VConcatChart], kind: str
) -> None:
    bars = [p for p in parts(all_charts[kind].to_dict()) if p.get("mark", {}).get("type") == "bar"]
    assert bars and all(isinstance(bar["encoding"]["y"]["sort"], list) for bar in bars)
    assert any(tip["field"] == "source" for bar in bars for tip in bar["encoding"]["tooltip"])
    assert all(tip["title"][0] > "\u3400" for bar in bars for tip in bar["encoding"]["tooltip"])


def test_functions_are_crossed_with_nature_and_what_is_not_printed_is_said(
    db: duckdb.DuckDBPyConnection,
) -> None:
    items = jcdata.function_by_nature(db, unit=BUREAU_UNIT)
    items.loc[items["item_name"] == "应急救援", ["carry_over_yuan", "carry_over_share"]] = None
    cells = rows(charts.function_by_nature(items))
    written = {(cell["name"], cell["nature"]): cell["written"] for cell in cells}
    assert written["行政运行（应急管理事务）", "项目支出"] == "632.59（41.47%）"
    assert written["行政运行（应急管理事务）", "合计"] == "1,525.55"
    assert written["应急管理（应急管理事务）", "其中：上年结转"] == "531.01（35.32%）"
    assert written["应急救援（应急管理事务）", "其中：上年结转"] == "未列示"
    nothing = charts.function_by_nature(items.iloc[:0])
    assert rows(nothing) == [{"written": "没有读到这项数据 / nothing of it was read"}]


def test_stated_shares_are_marked_and_contradictions_red(db: duckdb.DuckDBPyConnection) -> None:
    shares = jcdata.composition(db, dimension="expenditure_type", unit=BUREAU_UNIT)
    (mark,) = (
        p
        for p in parts(charts.composition(shares).to_dict())
        if p.get("mark", {}).get("type") == "tick"
    )
    assert mark["encoding"]["x"]["field"] == "stated_share"
    assert mark["encoding"]["color"]["scale"] == {"domain": ["文件自述的占比"], "range": ["black"]}
    wrong = charts.composition(shares.assign(agrees=[False, True])).to_dict()
    (mark,) = (p for p in parts(wrong) if p.get("mark", {}).get("type") == "tick")
    assert mark["encoding"]["color"]["scale"]["range"] == [chart_theme.VERMILLION, "black"]


def test_a_stated_share_beyond_the_bar_does_not_hide_the_value(
    db: duckdb.DuckDBPyConnection,
) -> None:
    shares = jcdata.composition(db, dimension="expenditure_type", unit=BUREAU_UNIT)
    ends = [row["end"] for row in rows(charts.composition(shares.assign(stated_share=[0.9, 0.1])))]
    assert ends == [0.9, shares["share"].min()]


def test_each_document_is_drawn_at_the_level_or_its_finest_above(
    db: duckdb.DuckDBPyConnection,
) -> None:
    shares = jcdata.composition(db, dimension="function")
    coarse = shares[(shares["unit_name"] == BUREAU_UNIT) | (shares["item_level"] == 1)]
    subtitles = [
        panel["title"]["subtitle"]
        for panel in charts.composition(coarse, level=3).to_dict()["vconcat"]
    ]
    assert [text.split("；")[-1] for text in subtitles] == ["项级科目", "类级科目"]


def test_shares_of_all_units_are_drawn_on_one_axis_of_their_base(
    db: duckdb.DuckDBPyConnection,
) -> None:
    drawn = charts.composition(jcdata.composition(db, dimension="function"), level=3)
    axes = [
        p["encoding"]["x"] for p in parts(drawn.to_dict()) if p.get("mark", {}).get("type") == "bar"
    ]
    assert [axis["scale"]["domain"] for axis in axes] == [[0, 1], [0, 1]]
    assert {axis["title"] for axis in axes} == {"占一般公共预算支出（不含上年结转）的比重"}
    assert "行政运行（应急管理事务）" in {row.get("name") for row in rows(drawn, BUREAU_UNIT)}


def test_money_of_all_units_is_drawn_on_one_axis_unless_it_is_too_unlike(
    all_charts: dict[str, alt.VConcatChart],
) -> None:
    alike, unlike = (
        all_charts[name].to_dict() for name in ("growth_decomposition", "growth")
    )  # 7 and 22 times
    assert alike["resolve"]["scale"] == {"color": "independent", "x": "shared"}
    assert "title" not in alike
    assert unlike["resolve"]["scale"] == {"color": "independent"}
    assert unlike["title"] == "数额悬殊，各图坐标不同"


def test_changes_are_drawn_once_the_largest_first_with_their_rates(
    all_charts: dict[str, alt.VConcatChart],
) -> None:
    written = {row["name"]: row["written"] for row in rows(all_charts["growth"], BUREAU_UNIT)}
    assert next(iter(written)) == "预算收入总计" and list(written)[-1] == "“三公”经费"
    assert "预算支出总计" not in written  # the same money
    whole = "+1,148.93 万元（3,578.18 → 4,727.11） · +32.11%（自述 +32.11%）"
    assert written["预算收入总计"] == whole
    assert written["公务接待费"] == "-1.00 万元（2.00 → 1.00） · -50.00%"
    assert written["因公出国（境）费"] == "0.00 万元（0.00 → 0.00） · 上年为零"


def test_two_documents_are_drawn_one_table_and_level_at_a_time(
    db: duckdb.DuckDBPyConnection,
) -> None:
    stated = jcdata.growth(db, unit=BUREAU_UNIT).head(4)
    changes = stated.assign(
        basis="documents",
        is_repeated=False,
        subject=["合计", "甲支出", "乙支出", "甲款"],
        table_key=["expenditure", "expenditure", "general_public_expenditure", "expenditure"],
        item_level=[None, 1, 1, 2],
        is_total=[True, False, False, False],
    )
    chart = charts.growth(changes, basis="documents")
    assert [row["name"] for row in rows(chart)] == ["甲支出"]
    assert chart.to_dict()["vconcat"][0]["title"]["subtitle"].split("；")[1:3] == [
        "预算支出总表",
        "类级科目",
    ]


def test_much_money_and_few_indicators_are_told_apart(
    all_charts: dict[str, alt.VConcatChart],
) -> None:
    drawn = rows(all_charts["project_costs"], BUREAU_UNIT)
    assert (
        drawn[0]["group"] == "钱多、指标少" and drawn[0]["written"] == "23.90 = 215.10 万元 ÷ 9 项"
    )
    assert drawn[1]["group"] == "其他项目"


def test_balances_stand_side_by_side_and_are_never_added(
    all_charts: dict[str, alt.VConcatChart],
) -> None:
    written = [row["written"] for row in rows(all_charts["carry_over"])]
    assert {
        "551.01 万元，占当年总支出 11.66%",
        "408.50 万元，占当年总支出 8.64%",
        "55.50 万元，占当年总支出 8.11%",
    } <= set(written)
    assert not any("959.51" in text for text in written)
    specs = list(parts(all_charts["carry_over"].to_dict()))
    assert not any("stack" in spec.get("encoding", {}).get("x", {}) for spec in specs)


def test_money_without_a_form_is_first_and_the_title_says_how_much(
    db: duckdb.DuckDBPyConnection,
) -> None:
    funding = jcdata.project_funding(db, unit=BUREAU_UNIT)
    covered = "项目资金 3,583.43 万元，其中 1,350.01 万元没有绩效目标表"
    for draw in (charts.project_funding, charts.money_and_indicators):
        (panel,) = draw(funding).to_dict()["vconcat"]
        assert panel["title"]["text"].endswith(covered)
    drawn = rows(charts.project_funding(funding))
    assert [row["group"] for row in drawn][:4] == ["无绩效目标表"] * 3 + ["有绩效目标表"]
    assert drawn[0]["written"] == "799.00 万元 · 22.30%"
    points = {
        row["project_name"]: row["measurable"] for row in rows(charts.money_and_indicators(funding))
    }
    assert points["晋城市航空应急救援服务费"] == 0 and points["慰问资金"] == 6


def test_a_document_without_forms_is_not_accused(db: duckdb.DuckDBPyConnection) -> None:
    funding = jcdata.project_funding(db, unit=BUREAU_UNIT).assign(form_status="no_forms")
    (panel,) = charts.project_funding(funding).to_dict()["vconcat"]
    assert panel["title"]["text"].endswith("文件未印绩效目标表")


def test_quality_is_written_in_counts(all_charts: dict[str, alt.VConcatChart]) -> None:
    drawn = {
        row["name"]: row.get("written")
        for row in rows(all_charts["indicator_quality"], BUREAU_UNIT)
    }
    assert drawn["社会效益指标"] == "44 项：有数字 1，仅文字 43，两栏相同 44"


def test_a_breakdown_names_its_base(db: duckdb.DuckDBPyConnection) -> None:
    parts_of = jcdata.carry_over_breakdown(db, unit=BUREAU_UNIT)
    (panel,) = charts.carry_over_breakdown(parts_of).to_dict()["vconcat"]
    assert panel["title"]["subtitle"].endswith("百分数为占合计 408.50 万元")
    by_function = charts.carry_over_breakdown(parts_of, breakdown="function")
    assert [row["name"] for row in rows(by_function)] == ["文件未列示"]


def test_a_chart_of_several_dimensions_is_refused(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="one dimension, not"):
        charts.composition(jcdata.composition(db))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_said(db: duckdb.DuckDBPyConnection, kind: str) -> None:
    chart = getattr(charts, kind)(getattr(jcdata, kind)(db).iloc[:0])
    assert rows(chart) == [{"written": "没有读到这项数据 / nothing of it was read"}]


def test_what_has_no_room_is_said(db: duckdb.DuckDBPyConnection) -> None:
    shares = jcdata.composition(db, dimension="project", unit=BUREAU_UNIT)
    many = pd.concat([shares] * 2).reset_index(drop=True)
    (panel,) = charts.composition(many).to_dict()["vconcat"]
    assert panel["title"]["subtitle"].endswith("；56 项中的前 30 项")
    names = [row["name"] for row in rows(charts.composition(many))]
    assert len(set(names)) == panels.MOST_BARS and names[1] == f"{names[0]}（2）"
    units = pd.concat([shares.assign(document_id=f"d{n}") for n in range(9)])
    chart = charts.composition(units).to_dict()
    assert (
        len(chart["vconcat"]) == panels.MOST_PANELS
        and chart["title"] == "9 份文件中金额最大的 6 份"
    )


def test_totals_that_are_not_known_are_not_drawn_as_nothing(db: duckdb.DuckDBPyConnection) -> None:
    carried = jcdata.carry_over(db, unit=BUREAU_UNIT).assign(share_of_total=None)
    assert "551.01 万元，占当年总支出 未知" in [
        row["written"] for row in rows(charts.carry_over(carried))
    ]
    shares = jcdata.composition(db, dimension="procurement", unit=BUREAU_UNIT).assign(
        amount_yuan=0.0, share=None
    )
    assert {row["written"] for row in rows(charts.composition(shares))} == {"0.00 万元"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_notebook_gets_the_chart_live_and_as_a_picture(
    all_charts: dict[str, alt.VConcatChart], kind: str
) -> None:
    bundle = all_charts[kind]._repr_mimebundle_()
    assert set(bundle) == {chart_theme.VEGALITE_MIME, chart_theme.SVG_MIME, "text/plain"}
    spec = bundle[chart_theme.VEGALITE_MIME]
    assert "/v5" in spec["$schema"] and spec["config"]["font"].startswith("Noto Sans CJK SC")
    unit = "项" if kind == "indicator_quality" else "万元"
    assert unit in bundle[chart_theme.SVG_MIME]
    assert len(json.dumps(bundle)) < 150_000


def test_charts_are_saved_with_chinese_text_and_need_no_network(
    all_charts: dict[str, alt.VConcatChart], tmp_path: Path
) -> None:
    for name in ("图.png", "图.svg", "图.html"):
        charts.save(all_charts["growth"], tmp_path / name)
    assert (tmp_path / "图.png").read_bytes().startswith(b"\x89PNG")
    assert "比上年增减多少？" in (tmp_path / "图.svg").read_text(encoding="utf-8")
    page = (tmp_path / "图.html").read_text(encoding="utf-8")
    assert json.dumps("比上年增减多少？")[1:-1] in page
    assert "<script src" not in page and len(page) > 500_000  # Vega is in the page
    with pytest.raises(ValueError, match="gif"):
        charts.save(all_charts["growth"], tmp_path / "图.gif")


@pytest.mark.parametrize(
    "evil", ["</script><script>alert(1)</script>", "<!--<script>", "<img src=x>"]
)
def test_names_in_a_page_are_no_markup(tmp_path: Path, evil: str) -> None:
    chart = alt.vconcat(
        alt.Chart(alt.Data(values=[{"name": evil}]), title=evil).mark_bar().encode(y="name:N")
    )
    charts.save(chart, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert evil not in page
    spec, _ = json.JSONDecoder().raw_decode(
        page, page.index("const spec = ") + len("const spec = ")
    )
    assert spec["vconcat"][0]["title"] == evil


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere fonts are not found by fontconfig")
def test_a_missing_chinese_font_is_said(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}</dir></fontconfig>')
    code = "from jcdata.analyses import chart_theme; chart_theme.warn_without_chinese_font()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"FONTCONFIG_FILE": str(config), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "install fonts-noto-cjk" in done.stderr and "请安装" in done.stderr


def test_charts_are_imported_when_they_are_used() -> None:
    code = "import sys, jcdata; assert 'altair' not in sys.modules; print(jcdata.charts.growth.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "growth\n"
    with pytest.raises(AttributeError, match="nothing"):
        _ = jcdata.nothing
