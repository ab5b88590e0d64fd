"""The change of a total is taken apart into what is printed or follows exactly; the rest is called not explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import duckdb
import pytest

import jcdata
from jcdata.analyses import charts
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE

Build = Callable[..., BuildResult]


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


def steps(
    con: duckdb.DuckDBPyConnection, document_id: str, basis: str = "stated"
) -> dict[str, Decimal | None]:
    query = "SELECT step, wan(amount_yuan) FROM growth_decomposition WHERE (document_id, basis) = (?, ?) ORDER BY step_no"
    return dict(con.execute(query, [document_id, basis]).fetchall())


def test_a_total_is_taken_apart(db: duckdb.DuckDBPyConnection) -> None:
    assert steps(db, BUREAU) == {
        "prior_year": Decimal("3578.18"),
        "carry_over": Decimal("551.01"),
        "arrears": Decimal("408.50"),
        "staff": None,
        "running": Decimal("0.54"),
        "unexplained": Decimal("188.88"),
        "this_year": Decimal("4727.11"),
        "like_for_like": Decimal("189.42"),
    }


def test_the_steps_lead_from_last_year_to_this_year(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT sum(amount_yuan) FILTER (step NOT IN ('this_year', 'like_for_like'))
                    - sum(amount_yuan) FILTER (step = 'this_year') FROM growth_decomposition GROUP BY document_id"""
    assert db.sql(query).fetchall() == [(0,), (0,)]


def test_points_stand_beside_the_stated_rate(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT round(100 * sum(points) FILTER (NOT of_appropriation), 1), round(100 * sum(points) FILTER (of_appropriation), 1),
                      round(100 * sum(points) FILTER (step = 'like_for_like'), 1), round(100 * max(stated_rate), 2)
               FROM growth_decomposition WHERE document_id = ?"""
    assert db.execute(query, [BUREAU]).fetchall() == [(15.4, 16.7, 5.3, 32.11)]
    assert db.execute(query, [CENTRE]).fetchall() == [(0.0, 8.2, -0.6, 8.19)]


def test_reasons_stand_with_their_steps_quantified_or_not(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT step, is_quantified, has_prior, reason, printed_line(document_id, line_no) FROM growth_decomposition
               WHERE document_id = ? AND reason IS NOT NULL ORDER BY step_no"""
    arrears, staff, running = db.execute(query, [BUREAU]).fetchall()
    assert arrears[:4] == ("arrears", True, False, "2022年部分项目合同尾款列入2023年预算")
    assert staff[:3] == ("staff", False, None) and staff[3].startswith("2023年人员工资调整")
    assert running[:3] == ("running", True, True) and "机关运行经费" in running[4]


def text(year: int, total: str, carried: str, prose: str = "") -> str:
    """A disclosure with a table of revenue that has money carried over, and one of expenditure."""
    return (
        f"某某局{year}年单位预算公开\n{year}年预算收入总表\n单位名称：某某局\n单位：万元\n"
        "科目编码\t科目名称\t合计\t一般公共预算\t上年结转\n"
        f"合计\t\t{total}\t\t{carried}\n208\t甲支出\t{total}\t\t{carried}\n"
        f"{year}年预算支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        f"合计\t\t{total}\t{total}\t\n208\t甲支出\t{total}\t{total}\t\n{prose}"
    )


def test_without_a_split_of_last_year_nothing_is_guessed(build: Build) -> None:
    prose = "一、收支情况\n2031年预算收入总计12.00万元，比上年增加2.00万元，主要原因是人员增加。\n"
    with jcdata.connect(build(a=text(2031, "12.00", "3.00", prose)).database) as con:
        assert steps(con, "a") == {
            "prior_year": Decimal("10.00"),
            "staff": None,
            "unexplained": Decimal("2.00"),
            "this_year": Decimal("12.00"),
        }


@pytest.mark.parametrize(
    ("carried", "is_known"), [("，其中：本年收入12.00万元，上年结转0万元", True), ("", False)]
)
def test_nothing_was_carried_over_only_where_that_is_said(
    build: Build, carried: str, is_known: bool
) -> None:
    prose = (
        f"一、收支总体情况\n2031年预算收入总计12.00万元{carried}，比上年增加2.00万元。\n"
        "二、一般公共预算情况\n2031年一般公共预算当年拨款12.00万元，比上年增加2.00万元。\n"
    )
    source = text(2031, "12.00", "", prose)
    with jcdata.connect(build(a=source).database) as con:
        found = steps(con, "a")
    assert found["unexplained"] == Decimal("2.00")
    assert ("carry_over" in found, "like_for_like" in found) == (is_known, is_known)


def test_two_documents_are_taken_apart_by_what_both_print(build: Build) -> None:
    result = build(a=text(2030, "10.00", "1.00"), b=text(2031, "12.00", "4.00"))
    with jcdata.connect(result.database) as con:
        assert steps(con, "b", "documents") == {
            "prior_year": Decimal("10.00"),
            "carry_over": Decimal("3.00"),
            "unexplained": Decimal("-1.00"),
            "this_year": Decimal("12.00"),
            "like_for_like": Decimal("-1.00"),
        }


def test_the_waterfall_writes_money_points_and_what_is_not_known(
    db: duckdb.DuckDBPyConnection,
) -> None:
    chart = charts.growth_decomposition(jcdata.growth_decomposition(db)).to_dict()
    drawn = [row for data in chart["datasets"].values() for row in data]
    written = {row["name"]: row["written"] for row in drawn if row["document_id"] == BUREAU}
    assert written["上年结转"] == "+551.01 万元，+15.4 个百分点"
    assert written["支付以前年度欠款"].startswith(
        "+408.50 万元，+11.4 个百分点（本年数，上年未列示）：2022年"
    )
    assert written["人员"].startswith("金额未列示：") and written["未说明"].startswith(
        "+188.88 万元"
    )
    subtitle = chart["vconcat"][0]["title"]["subtitle"]
    assert "自述 +32.11%；剔除结转与以前年度欠款后 +5.3%" in subtitle


def with_projects(year: int, running: str, projects: dict[str, str]) -> str:
    """A disclosure whose expenditure is its running costs and its projects, which it lists."""
    money = sum(map(Decimal, projects.values()))
    total = Decimal(running) + money
    rows = "".join(f"{name}\t{amount}\t{amount}\t\t\n" for name, amount in projects.items())
    return (
        f"某某局{year}年单位预算公开\n{year}年预算支出总表\n单位名称：某某局\n单位：万元\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        f"合计\t\t{total}\t{running}\t{money}\n208\t甲支出\t{total}\t{running}\t{money}\n"
        f"{year}年项目支出预算表（本年预算）\n单位名称：某某局\n单位：万元\n"
        f"项目名称\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算\n某某局\t{money}\t{money}\t\t\n{rows}"
    )


def test_projects_begin_end_and_go_on(build: Build) -> None:
    result = build(
        a=with_projects(2030, "10.00", {"河道清理": "4.00", "旧楼维修": "3.00", "2030年培训": "2.00", "2029-2031年规划": "1.00"}),
        b=with_projects(2031, "10.50", {"河道清理": "5.50", "2031年度培训": "2.00", "2029-2031年规划": "1.00", "新站建设": "6.00"}),
    )  # fmt: skip
    with jcdata.connect(result.database) as con:
        assert steps(con, "b", "documents") == {
            "prior_year": Decimal("20.00"),
            "projects_begun": Decimal("6.00"),
            "projects_ended": Decimal("-3.00"),
            "projects_continued": Decimal("1.50"),
            "unexplained": Decimal("0.50"),
            "this_year": Decimal("25.00"),
        }
        query = "SELECT step, printed_line(document_id, line_no) FROM growth_decomposition WHERE step LIKE 'projects_%' ORDER BY step_no"
        places = con.sql(query).fetchall()
    assert [step for step, _ in places] == ["projects_begun", "projects_ended", "projects_continued"]  # fmt: skip
    assert "新站建设" in places[0][1] and places[1][1] is None and "河道清理" in places[2][1]


def test_projects_that_may_hold_what_was_carried_over_are_not_compared(build: Build) -> None:
    carried = "一、收支情况\n2031年预算收入总计14.00万元，其中上年结转2.00万元。\n"
    result = build(
        a=with_projects(2030, "8.00", {"河道清理": "4.00"}),
        b=with_projects(2031, "8.00", {"河道清理": "6.00"}) + carried,
    )
    with jcdata.connect(result.database) as con:
        assert steps(con, "b", "documents") == {
            "prior_year": Decimal("12.00"),
            "unexplained": Decimal("2.00"),
            "this_year": Decimal("14.00"),
        }


def test_projects_of_one_year_only_are_not_said_to_begin(build: Build) -> None:
    result = build(a=text(2030, "10.00", ""), b=with_projects(2031, "10.00", {"河道清理": "4.00"}))
    with jcdata.connect(result.database) as con:
        assert not any(step.startswith("projects") for step in steps(con, "b", "documents"))
