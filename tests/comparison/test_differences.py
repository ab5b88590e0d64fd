from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.comparison.differences import Change, Comparison, Count, compare
from jcdata.comparison.printout import as_json, render, warnings_of
from jcdata.comparison.things import COMPARED, Records
from jcdata.schema import (
    BudgetLine,
    CheckResult,
    DocumentRecord,
    FormFunding,
    Indicator,
    PerformanceForm,
    TableOccurrence,
)

Row = tuple[str, str, str, dict[str, int]]  # table, code, name, yuan by measure
Form = tuple[str, int, Sequence[tuple[str, str]]]  # project, annual total, indicators with values


def document(
    rows: Iterable[Row] = (), forms: Iterable[Form] = (), findings: Iterable[str] = (), year: int = 2031,
    unit: str = "某某局", kind: str = "budget", funds_text: str = "",
) -> dict[type, list[Any]]:  # fmt: skip
    """The records of a document, each on a line of its own."""
    records: dict[type, list[Any]] = {record: [] for record in COMPARED}
    records[DocumentRecord] = [
        DocumentRecord("x", "x.txt", "", "", unit, year, kind, "spaced", "万元", 99, None)
    ]
    line = 0
    for table_key, code, name, amounts in rows:
        line += 1
        is_total = name.endswith("合计")
        records[BudgetLine] += [
            BudgetLine(
                "x",
                table_key,
                1,
                line,
                "",
                code,
                name,
                None,
                is_total,
                measure,
                Decimal(yuan),
                "",
                "print",
                "text",
                None,
                line,
            )
            for measure, yuan in amounts.items()
        ]
    for number, (project, yuan, indicators) in enumerate(forms, start=1):
        line += 1
        records[PerformanceForm].append(
            PerformanceForm("x", number, project, *[None] * 9, annual_total_yuan=Decimal(yuan), overview=None, basis=None,
                            necessity=None, safeguards=None, schedule=None, period_goal=None, annual_goal=None,
                            filed_on=None, filed_on_text=None, printing_count=1, first_line=line, last_line=line)
        )  # fmt: skip
        records[FormFunding].append(
            FormFunding("x", number, "annual", "total", Decimal(yuan), funds_text, line)
        )
        for place, (name, value) in enumerate(indicators):
            line += 1
            records[Indicator].append(indicator(number, place, name, value, line))
    for target in findings:
        records[CheckResult].append(
            CheckResult(
                "x",
                "sum",
                target,
                target,
                "fail",
                "error",
                None,
                None,
                None,
                None,
                "sum",
                "合计",
                [7],
            )
        )
    return records


def indicator(form_no: int, number: int, name: str, value: str, line: int) -> Indicator:
    """An indicator whose value is such as `>=5`, or a word."""
    comparator = value.rstrip("0123456789")
    figure = float(value[len(comparator) :]) if value[-1].isdigit() else None
    return Indicator(
        "x", form_no, number, "annual", "产出指标", "数量指标", name, value, comparator if figure else None,
        figure, None, "次" if figure else None, "quantity" if figure else "qualitative", False, line,
    )  # fmt: skip


def changes(a: Records, b: Records) -> list[tuple[Any, ...]]:
    """What changed, in short."""
    return [(c.kind, c.matched_by, c.field, c.value_a, c.value_b) for c in compare(a, b).changes]


BASIC = [
    ("expenditure", "", "合计", {"total": 900}),
    ("expenditure", "201", "行政运行", {"total": 900, "basic": 0}),
]


def test_amounts_of_a_row() -> None:
    later = [BASIC[0], ("expenditure", "201", "行政运行", {"total": 1350, "project": 450})]
    found = compare(document(BASIC), document(later))
    assert found.counts["budget_line"] == Count(same=1, changed=1, only_a=0, only_b=0)
    total, project = sorted(found.changes, key=lambda c: c.field, reverse=True)
    assert (total.field, total.value_a, total.value_b, total.change, total.rate) == (
        "total", "900.00", "1350.00", Decimal(450), 0.5
    )  # fmt: skip
    assert (project.field, project.value_a, project.value_b, project.rate) == (
        "project",
        "",
        "450.00",
        None,
    )


def test_the_largest_change_comes_first_and_totals_are_marked() -> None:
    rows = [
        ("expenditure", "", "支出合计", {"total": 95}),
        ("expenditure", "201", "行政运行", {"total": 9}),
    ]
    found = compare(document(rows), document([(*row[:3], {"total": 10}) for row in rows])).changes
    assert [(c.name_a, c.is_total, c.change) for c in found] == [
        ("支出合计", True, -85),
        ("行政运行", False, 1),
    ]


def test_a_renamed_code_is_said() -> None:
    (found,) = compare(
        document(BASIC), document([BASIC[0], ("expenditure", "201", "运行保障", BASIC[1][3])])
    ).changes
    assert (found.field, found.matched_by, found.name_a, found.name_b) == (
        "name",
        "code",
        "行政运行",
        "运行保障",
    )
    assert found.similarity == 0.5


def test_rows_whose_names_differ_in_punctuation_or_wording_are_one_and_the_names_are_listed() -> (
    None
):
    def named(*names: str) -> Records:
        return document([("three_public_expenses", "", name, {"total": 900}) for name in names])

    old, new = ("因公出国（境）费用", "防汛、抗旱"), ("因公出国(境)费", "防汛抗旱")
    assert changes(named(*old), named(*new)) == [
        ("budget_line", "name", "name", one, other) for one, other in zip(old, new, strict=True)
    ]


def test_a_row_of_one_document_has_its_amounts_and_no_line_in_the_other() -> None:
    (found,) = compare(
        document(BASIC[:1]), document([*BASIC[:1], ("expenditure", "202", "外交", {"total": 0})])
    ).changes
    assert (found.name_a, found.value_a, found.line_a, found.matched_by) == ("", "", None, "")
    assert (found.name_b, found.value_b, found.line_b, found.change) == ("外交", "0.00", 2, 0)


def test_projects_are_matched_by_likeness_and_other_rows_are_not() -> None:
    def rows(table_key: str, name: str) -> Records:
        return document([(table_key, "", name, {"total": 500})])

    old, new = "对个人和家庭的补助", "其他对个人和家庭的补助"
    found = changes(rows("current_year_projects", old), rows("current_year_projects", new))
    assert found == [("project", "similarity", "name", old, new)]
    found = changes(rows("expenditure", old), rows("expenditure", new))
    assert [how for _, how, *_ in found] == ["", ""]


@pytest.mark.parametrize(
    ("totals", "matched_by"),
    [
        ({"annual_total_yuan": 500, "period_total_yuan": None}, "similarity"),
        ({"annual_total_yuan": None, "period_total_yuan": 900}, "similarity"),
        ({"annual_total_yuan": 0, "period_total_yuan": 900}, "similarity"),
        ({"annual_total_yuan": 0, "period_total_yuan": 0}, ""),  # no money is no evidence
        ({"annual_total_yuan": None, "period_total_yuan": None}, ""),
    ],
)
def test_forms_with_names_alike_are_one_where_they_cost_the_same(
    totals: dict[str, int | None], matched_by: str
) -> None:
    a, b = document(forms=[("防汛物资储备", 500, [])]), document(forms=[("防汛储备", 500, [])])
    for records in (a, b):
        (form,) = records[PerformanceForm]
        records[PerformanceForm] = [form._replace(**totals)]
    assert {change.matched_by for change in compare(a, b).changes} == {matched_by}


FORM: Form = (
    "防汛物资储备",
    500,
    [("演练次数", ">=5"), ("储备种类", ">=12"), ("群众评价", "满意")],
)


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        ([("演练次数", ">=6"), *FORM[2][1:]], [("name", "value", ">=5", ">=6")]),
        ([("演练次数", "<=5"), *FORM[2][1:]], [("name", "comparator", ">=", "<=")]),
        (
            [("演练次数", "<=6"), *FORM[2][1:]],
            [("name", "comparator", ">=", "<="), ("name", "value", ">=5", "<=6")],
        ),
        (FORM[2][1:], [("", "value", ">=5", "")]),
        ([*FORM[2], ("巡查", ">=3")], [("", "value", "", ">=3")]),
        (
            [("应急演练次数", ">=5"), *FORM[2][1:]],
            [("similarity", "name", "演练次数", "应急演练次数")],
        ),
        (
            [("应急演练次数", ">=6"), *FORM[2][1:]],
            [("", "value", "", ">=6"), ("", "value", ">=5", "")],
        ),
        (FORM[2][::-1], []),
    ],
)
def test_indicators(indicators: Any, expected: list[Any]) -> None:
    found = compare(document(forms=[FORM]), document(forms=[(*FORM[:2], indicators)])).changes
    assert sorted((c.matched_by, c.field, c.value_a, c.value_b) for c in found) == expected
    assert all(c.project_a == c.project_b == FORM[0] for c in found)


def test_indicators_of_different_forms_are_never_one() -> None:
    other: Form = ("遗属补助抚恤", 70, FORM[2])
    found = compare(document(forms=[FORM]), document(forms=[other]))
    assert found.counts["form"] == Count(0, 0, 1, 1)
    assert found.counts["indicator"] == Count(0, 0, 3, 3)
    assert {(c.project_a, c.project_b) for c in found.changes if c.kind == "indicator"} == {
        (FORM[0], ""),
        ("", other[0]),
    }


def test_money_in_scientific_notation_is_the_same_as_what_it_may_stand_for() -> None:
    coarse = document(forms=[("防汛物资储备", 7_000_000, [])], funds_text="7E+06")
    assert changes(coarse, document(forms=[("防汛物资储备", 7_400_000, [])])) == []
    assert len(changes(coarse, document(forms=[("防汛物资储备", 7_600_000, [])]))) == 1
    finer = document(forms=[("防汛物资储备", 7_300_000, [])], funds_text="7.3E+06")
    assert len(changes(finer, document(forms=[("防汛物资储备", 7_400_000, [])]))) == 1


def test_findings_are_compared_between_versions_of_one_document_only() -> None:
    a = document(findings=["表3", "表5"])
    assert changes(a, document(findings=["表5", "表6"])) == [
        ("finding", "", "finding", "合计 / sum", ""),
        ("finding", "", "finding", "", "合计 / sum"),
    ]
    assert changes(a, document(year=2032)) == []


def test_a_table_that_is_empty_in_one_document() -> None:
    a, b = document(), document()
    for records, status in ((a, "found"), (b, "declared_empty")):
        records[TableOccurrence].append(TableOccurrence("x", "revenue", 2, "", status, 3, 9))
    assert changes(a, b) == [("table", "name", "status", "found", "declared_empty")]


def test_what_speaks_against_comparing_is_said() -> None:
    a = document()
    assert warnings_of(compare(a, document(year=2032))) == []
    (units,) = warnings_of(compare(a, document(unit="另一局")))
    assert "different units" in units and "不同单位" in units
    (kinds,) = warnings_of(compare(a, document(kind="final_accounts")))
    assert "final accounts" in kinds and "决算" in kinds


# ---------------------------------------------------------------------------------------------------------
# Whatever the documents hold

AMOUNTS = st.dictionaries(
    st.sampled_from(["total", "basic", "project"]), st.integers(0, 3), min_size=1
)
NAMES = st.text(alphabet="道路养护工程一二年费", min_size=2, max_size=9)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["expenditure", "current_year_projects"]),
        st.sampled_from(["", "", "201", "202"]),
        NAMES,
        AMOUNTS,
    ),
    max_size=6,
)
INDICATORS = st.lists(st.tuples(NAMES, st.sampled_from([">=5", "<=5", ">=6", "满意"])), max_size=4)
FORMS = st.lists(st.tuples(NAMES, st.integers(0, 3), INDICATORS), max_size=3)
DOCUMENTS = st.builds(document, ROWS, FORMS, st.lists(st.sampled_from("甲乙丙"), unique=True))


def mirrored(change: Change) -> Change:
    """A change seen from the other document."""
    swapped = {
        f"{name}_a": getattr(change, f"{name}_b") for name in ("project", "name", "value", "line")
    }
    swapped |= {
        f"{name}_b": getattr(change, f"{name}_a") for name in ("project", "name", "value", "line")
    }
    return change._replace(
        **swapped, change=None if change.change is None else -change.change, rate=None
    )


@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(a: Records) -> None:
    found = compare(a, a)
    assert found.changes == []
    assert all(
        count.changed == count.only_a == count.only_b == 0 for count in found.counts.values()
    )


@given(DOCUMENTS, DOCUMENTS)
def test_changes_are_the_same_from_either_side(a: Records, b: Records) -> None:
    there = {change._replace(rate=None) for change in compare(a, b).changes}
    assert {mirrored(change) for change in compare(b, a).changes} == there


@given(DOCUMENTS, DOCUMENTS, st.randoms())
def test_changes_do_not_depend_on_the_order_of_rows(a: Records, b: Records, random: Random) -> None:
    shuffled = [
        {record: random.sample(rows, len(rows)) for record, rows in records.items()}
        for records in (a, b)
    ]
    assert compare(*shuffled) == compare(a, b)


@given(DOCUMENTS, DOCUMENTS)
def test_every_comparison_can_be_shown(a: Records, b: Records) -> None:
    found = compare(a, b)
    assert list(render(found))
    assert len(as_json(found)["changes"]) == len(found.changes)


UNIQUE_FORMS = st.lists(
    st.tuples(NAMES, st.integers(1, 9), st.lists(st.tuples(NAMES, st.just(">=5")), unique_by=lambda i: i[0], max_size=4)),
    unique_by=lambda form: form[0], min_size=1, max_size=3,
)  # fmt: skip
UNIQUE_ROWS = st.lists(
    st.tuples(st.just("current_year_projects"), st.just(""), NAMES, AMOUNTS.filter(lambda a: a.get("total", 0) > 0)),
    unique_by=lambda row: row[2], min_size=1, max_size=5,
)  # fmt: skip


@given(UNIQUE_ROWS, UNIQUE_FORMS, st.data())
def test_one_changed_amount_is_found_and_nothing_else(
    rows: list[Row], forms: list[Form], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    table_key, code, name, amounts = rows[place]
    changed = [*rows]
    changed[place] = (table_key, code, name, amounts | {"total": amounts["total"] + 7})
    (found,) = compare(document(rows, forms), document(changed, forms)).changes
    assert (found.kind, found.field, found.name_a, found.change) == ("project", "total", name, 7)


@given(UNIQUE_ROWS, UNIQUE_FORMS, st.data())
def test_one_slip_in_a_name_is_found_and_nothing_else(
    rows: list[Row], forms: list[Form], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    table_key, code, name, amounts = rows[place]
    changed = [*rows]
    changed[place] = (table_key, code, f"{name[:1]}误{name[1:]}", amounts)
    (found,) = compare(document(rows, forms), document(changed, forms)).changes
    assert (found.kind, found.matched_by, found.value_a, found.value_b) == (
        "project",
        "similarity",
        name,
        changed[place][2],
    )


@given(UNIQUE_ROWS, UNIQUE_FORMS.filter(lambda forms: forms[0][2] != []), st.data())
def test_one_dropped_indicator_is_found_and_nothing_else(
    rows: list[Row], forms: list[Form], data: st.DataObject
) -> None:
    project, yuan, indicators = forms[0]
    dropped = data.draw(st.sampled_from(indicators))
    rest = [kept for kept in indicators if kept != dropped]
    found: Comparison = compare(
        document(rows, forms), document(rows, [(project, yuan, rest), *forms[1:]])
    )
    (change,) = found.changes
    assert (change.kind, change.name_a, change.name_b, change.project_b) == (
        "indicator",
        dropped[0],
        "",
        project,
    )
