"""What analyses come to in words: true of what was read, with the line of each fact, and chosen by drop-downs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import jcdata
from jcdata.analyses.conclusions import ANALYSES, MOST_FACTS, conclude
from jcdata.analyses.sentences import zh_money
from jcdata.notebook import choosing
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE

TABLE = (
    "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n"
)


@pytest.mark.parametrize(
    ("analysis", "said", "facts"),
    [
        ("composition", ["2 份预算", "5,411.15 万元"], ["支出合计 4,727.11 万元的 75.81%", "4,176.10 万元的 92.08%"]),
        ("growth", ["2 份文件", "增 7 项、减 6 项、持平 5 项", "7 个，相符 7 个"], ["+32.11%", "+5.3%", "+16.71%", "+8.19%"]),
        ("project_costs", ["27 个，共 2,473.92 万元", "3 个，共 1,350.01 万元"], ["799.00 万元"]),
        ("carry_over", ["上年结转 551.01 万元（2 份文件列示）", "464.00 万元（2 份文件列示）", "年末结转（2 份没有读到）", "不相加"], ["531.01 万元"]),
        ("peers", ["没有同年同类的其他单位可比"], []),
        ("timeseries", ["没有一个单位有两年同类文件"], []),
        ("findings", ["0 处错误", "26 处警告"], ["443.54"]),
        ("documents", ["2 个单位的预算 2 份", "1,374 个"], []),
    ],
)  # fmt: skip
def test_a_conclusion_names_the_money_and_the_lines(
    built: BuildResult, analysis: str, said: list[str], facts: list[str]
) -> None:
    with jcdata.connect(built.database) as db:
        conclusion = conclude(db, analysis)
        for fact in conclusion.facts:
            lines = db.sql(
                f"SELECT text FROM source_lines WHERE document_id = '{fact.document_id}' AND line_no = {fact.line_no}"
            ).fetchall()
            assert len(lines) == 1
    assert [words for words in said if words not in conclusion.said.zh] == []
    assert len(conclusion.facts) <= MOST_FACTS
    shown = " ".join(fact.said.zh for fact in conclusion.facts)
    assert [words for words in facts if words not in shown] == []
    assert f"{BUREAU}:" in str(conclusion) or f"{CENTRE}:" in str(conclusion) or not facts
    assert "None" not in str(conclusion) and "nan" not in str(conclusion)


def test_what_is_not_printed_is_not_said_to_be_nothing(build: Callable[..., BuildResult]) -> None:
    database = build(some=TABLE, other=TABLE.replace("预算支出", "支出决算")).database
    with jcdata.connect(database) as db:
        said = {analysis: conclude(db, analysis) for analysis in ANALYSES}
    assert "上年结转（2 份没有读到）" in said["carry_over"].said.zh
    assert "不等于没有" in said["carry_over"].said.zh and "0.00" not in str(said["carry_over"])
    assert "没有读到" in said["growth"].said.zh and "没有读到" in said["project_costs"].said.zh
    assert all(not said[analysis].facts for analysis in ("growth", "project_costs", "carry_over"))
    assert "5.50 万元" in said["composition"].said.zh


def test_plans_and_results_are_not_added_up_and_the_same_money_counts_once(
    build: Callable[..., BuildResult],
) -> None:
    with jcdata.connect(build(some=TABLE, again=TABLE).database) as db:
        assert "1 份预算列示支出共 5.50 万元" in conclude(db, "composition").said.zh
        with pytest.raises(jcdata.SelectionError, match="no year 1066"):
            conclude(db, "composition", year=1066)


def test_each_fact_is_said_once_and_leads_to_its_figure(
    built: BuildResult, build: Callable[..., BuildResult]
) -> None:
    wrong = TABLE.replace("合计 5.50 5.50", "合计 6.60 6.60")
    with jcdata.connect(build(some=wrong, again=wrong).database) as db:
        said = [fact.said for fact in conclude(db, "findings").facts]
    assert said and len(set(said)) == len(said)
    with jcdata.connect(built.database) as db:
        owed = conclude(db, "carry_over").facts[1]
        line = db.execute("SELECT printed_line(?, ?)", [owed.document_id, owed.line_no]).fetchone()
    assert "215.10 万元" in owed.said.zh and line is not None and "2,151,000" in line[0]


class DropDown:
    """A drop-down as ipywidgets has it, as far as is needed here."""

    def __init__(self, options: list[tuple[str, Any]], value: object, layout: object) -> None:
        self.options, self._value = options, value
        self.observers: list[Callable[[object], None]] = []

    @property
    def value(self) -> object:
        return self._value

    @value.setter
    def value(self, value: object) -> None:
        assert value is not None and value in dict(self.options).values()
        self._value = value
        for observer in self.observers:
            observer(None)

    def observe(self, observer: Callable[[object], None], _: str) -> None:
        self.observers.append(observer)

    def hold_trait_notifications(self) -> Any:
        from contextlib import nullcontext

        return nullcontext()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is displayed, the last being what is seen after all updates."""
    seen: list[Any] = []

    def display(value: object, display_id: bool = False) -> object:
        seen.append(value)
        return SimpleNamespace(update=seen.append)

    monkeypatch.setattr("IPython.display.display", display)
    return seen


def test_unit_and_year_are_chosen_by_drop_downs(
    built: BuildResult, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    widgets = ModuleType("ipywidgets")
    vars(widgets).update(Dropdown=DropDown, VBox=list, HBox=list, HTML=str)
    monkeypatch.setitem(sys.modules, "ipywidgets", widgets)
    notebook: dict[str, Any] = {"UNIT": None, "YEAR": 2025}
    with jcdata.connect(built.database) as db:
        jcdata.choose(db, "composition", notebook)
        (unit, year), _ = shown[0]
        assert [value for _, value in year.options] == [0, 2023, 2025] and year.value == 2025
        assert "684.04 万元" in str(shown[-1])
        unit.value = "晋城市应急管理局"
        assert [value for _, value in year.options] == [0, 2023]
        assert "4,727.11 万元" in str(shown[-1])
        assert notebook == {"UNIT": "晋城市应急管理局", "YEAR": None}
        year.value = 2023
        assert notebook["YEAR"] == 2023


def test_a_notebook_of_all_years_offers_none(
    built: BuildResult, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    widgets = ModuleType("ipywidgets")
    vars(widgets).update(Dropdown=DropDown, VBox=list, HBox=list, HTML=str)
    monkeypatch.setitem(sys.modules, "ipywidgets", widgets)
    notebook: dict[str, Any] = {"UNIT": None}
    with jcdata.connect(built.database) as db:
        jcdata.choose(db, "timeseries", notebook)
        ((unit,), _) = shown[0]
        unit.value = "晋城市应急管理局"
    assert notebook == {"UNIT": "晋城市应急管理局"}


def test_without_ipywidgets_the_parameters_choose(
    built: BuildResult, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with jcdata.connect(built.database) as db:
        choosing.choose(db, "composition", {"UNIT": None, "YEAR": 2025})
    assert len(shown) == 1 and "684.04 万元" in str(shown[0])


@pytest.mark.parametrize("saves", [True, False])
def test_a_notebook_is_saved_without_results_only_if_it_says_so(saves: bool) -> None:
    from jcdata.notebook.saving import leave_out_results

    cell: dict[str, Any] = {"cell_type": "code", "execution_count": 1, "outputs": [{}], "metadata": {"scrolled": True, "jupyter": {"source_hidden": True}}}  # fmt: skip
    model: dict[str, Any] = {"type": "notebook", "content": {"cells": [cell], "metadata": {"jcdata": {"saves_results": saves}, "widgets": {}}}}  # fmt: skip
    leave_out_results(model=model, path="some.ipynb", contents_manager=None)
    assert (cell["outputs"], cell["execution_count"]) == (([{}], 1) if saves else ([], None))
    assert ("widgets" in model["content"]["metadata"]) is saves
    assert ("scrolled" in cell["metadata"]) is saves
    assert cell["metadata"]["jupyter"] == {"source_hidden": True}
    leave_out_results(model={"type": "file", "content": "text"})


@pytest.mark.parametrize(
    ("yuan", "shown"), [("11250.00", "1.13"), ("-11250.00", "-1.13"), ("1234567.89", "123.46")]
)
def test_money_is_rounded_as_in_tables_and_in_sql(
    built: BuildResult, yuan: str, shown: str
) -> None:
    with jcdata.connect(built.database) as con:
        in_sql = con.sql(f"SELECT main.wan({yuan}::DECIMAL(18, 2))::VARCHAR").fetchall()
    assert in_sql == [(shown,)]
    assert zh_money(Decimal(yuan)) == f"{shown} 万元"
