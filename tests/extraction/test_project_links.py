"""Which form belongs to which project: strong evidence links, weak evidence does not, and one to one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.extraction.project_links import find_pairs, link_projects
from jcdata.names import name_similarity
from jcdata.pipeline.build import BuildResult
from jcdata.schema import PerformanceForm, Project, table_of
from tests.making.checkout import BUREAU, CENTRE


def project(name: str, amount: int, no: int = 1) -> Project:
    return Project("some", no, name, "current_year", Decimal(amount), None, None, no)


def form(name: str, amount: int | None, no: int = 1) -> PerformanceForm:
    values: dict[str, Any] = dict.fromkeys((field.name for field in table_of(PerformanceForm).fields), None) | {
        "document_id": "some", "form_no": no, "project_name": name, "printing_count": 1, "first_line": 1, "last_line": 9,
        "annual_total_yuan": None if amount is None else Decimal(amount),
    }  # fmt: skip
    return PerformanceForm(**values)


def links(
    projects: Sequence[tuple[str, int]], forms: Sequence[tuple[str, int | None]]
) -> list[int | None]:
    """The number of each project's form; projects and forms are given as (name, amount)."""
    linked = link_projects(
        [project(*given, no) for no, given in enumerate(projects, start=1)],
        [form(*given, no) for no, given in enumerate(forms, start=1)],
    )
    return [p.form_no for p in linked]


def test_a_project_belongs_to_the_form_of_its_goals_and_never_to_that_of_a_department() -> None:
    kinds = ("whole_department_goals", "self_evaluation", "project_goals")
    forms = [
        form("慰问资金", 100, no)._replace(form_kind=kind) for no, kind in enumerate(kinds, start=1)
    ]
    assert [link_projects([project("慰问资金", 100)], forms[:n])[0].form_no for n in (1, 2, 3)] == [
        None,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("project_name", "form_name", "form_amount", "is_linked"),
    [
        ("慰问资金", "慰问资金", 100, True),
        ("慰问资金", "慰问资金", 900, True),
        ("慰问资金", "慰问资金", None, True),
        ("防汛、抗旱", "防汛抗旱", 900, True),
        ("“体检”项目（三期）", "体检项目 (三期)", 900, True),
        ("危险化学吕企业评审", "危险化学品企业评审", 100, True),
        (
            "地震防灾减灾、地质灾害等应急演练",
            "地震防灾减灾、地质灾害、防汛抢险等应急演练",
            100,
            True,
        ),
        ("晋城市突发事件总体应急预案编制相关费用", "晋城市突发事件总体", 100, True),
        ("预算绩效管理培训与第三方机构评价服务采购", "预算绩效管理培训", 100, True),
        ("预算绩效管理培训与第三方机构评价服务采购", "预算绩效管理培", 100, False),
        (
            "大坝安全监测运维费",
            "大坝安全监测运维费用等",
            900,
            True,
        ),  # nine characters in ten, and no less
        ("大坝安全监测运维费", "大坝安全监测运维费用等项", 900, False),
        ("冶金工贸危险化学吕企业标准化建设", "冶金工贸危险化学品企业标准化建设", 900, True),
        ("省级防汛资金（财建〔2022〕80号）", "省级防汛资金（财建）", 100, True),
        ("水库除险加固工程（一期）施工", "水库除险加固工程（二期）施工", 100, False),
        ("安全生产条例制定", "慰问资金", 100, False),
        ("安全生产条例制定", "安全", 100, False),
        ("水库除险加固工程（一期）施工", "水库除险加固工程（二期）施工", 900, False),
        (
            "地震防灾减灾、地质灾害等应急演练",
            "地震防灾减灾、地质灾害、防汛抢险等应急演练",
            900,
            False,
        ),
        ("", "", 100, False),
    ],
)
def test_names_and_amounts_together_decide(
    project_name: str, form_name: str, form_amount: int | None, is_linked: bool
) -> None:
    assert links([(project_name, 100)], [(form_name, form_amount)]) == [1 if is_linked else None]


def test_strongest_evidence_comes_first() -> None:
    assert links(
        [("应急演练（一期）", 100), ("应急演练（二期）", 100)],
        [("应急演练（二期）", 100), ("应急演练（一期）", 100)],
    ) == [2, 1]
    assert links(
        [("设备更新", 100), ("设备更新", 200)], [("设备更新", 200), ("设备更新", 100)]
    ) == [2, 1]
    assert links([("设备更新与购置", 100), ("设备更新", 100)], [("设备更新", 100)]) == [None, 1]


def test_similarity_is_recorded() -> None:
    (linked,) = link_projects([project("危险化学吕企业", 100)], [form("危险化学品企业", 100, 7)])
    assert (linked.form_no, linked.name_similarity) == (7, pytest.approx(12 / 14, abs=1e-4))
    assert name_similarity("“体检” 项目", "体检项目") == 1.0


names = st.sampled_from(
    ["应急演练", "应急演练（一期）", "应急演练（二期）", "应急演习", "设备更新", "设备更新购置", ""]
)
amounts = st.sampled_from([100, 200])
sides = st.lists(st.tuples(names, amounts), max_size=6)


@given(sides, sides)
def test_links_are_one_to_one_and_leave_no_better_pair(
    projects: list[tuple[str, int]], forms: list[tuple[str, int | None]]
) -> None:
    found = links(projects, forms)
    linked = [form_no for form_no in found if form_no is not None]
    assert len(found) == len(projects)
    assert len(linked) == len(set(linked)) <= min(len(projects), len(forms))
    assert set(linked) <= set(range(1, len(forms) + 1))

    pairs = list(find_pairs([project(*p) for p in projects], [form(*f) for f in forms]))
    chosen = [pair for pair in pairs if found[pair.project] == pair.form + 1]
    assert len(chosen) == len(linked)  # no link without evidence
    for pair in pairs:
        rivals = [
            other for other in chosen if other.project == pair.project or other.form == pair.form
        ]
        assert any(rival.order <= pair.order for rival in rivals)


def test_real_documents_are_linked(built: BuildResult) -> None:
    with duckdb.connect(str(built.database), read_only=True) as db:
        rows = db.execute(
            "SELECT document_id, project_name, form_no, name_similarity, funding FROM projects"
        ).fetchall()
    current = [row for row in rows if row[4] == "current_year"]
    assert sum(row[0] == CENTRE for row in current) == 2
    assert [row[1] for row in current if row[2] is None] == ["晋城市航空应急救援服务费"]
    assert sorted(row[2] for row in current if row[0] == BUREAU and row[2]) == list(range(1, 26))
    assert {row[1] for row in current if row[3] and row[3] < 1} == {
        "冶金工贸、非煤矿山、危险化学吕企业安全生产标准化建设评审定级",
        "晋城市冶金工贸企业、非煤矿山行业、地震防灾减灾、地质灾害等应急演练",
    }
