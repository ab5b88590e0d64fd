"""One cause is one finding: what is computed from a figure that is accused itself follows from that finding."""

from __future__ import annotations

import pandas as pd
import pytest

import jcdata
from jcdata.pipeline.build import build_database

HEAD = """某某市水务局2034年度部门预算公开
第二部分 2034年度部门预算表
部门支出总表
单位：万元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| | 合计 | 200.00 | 150.00 | 50.00 |
| 213 | 农林水支出 | 200.00 | 150.00 | 50.00 |
| 21303 | 水利 | 200.00 | 150.00 | 50.00 |
| 2130301 | 行政运行 | 150.00 | 150.00 | |
| 2130304 | 水利行业业务管理 | 50.00 | | 50.00 |
第三部分 2034年度部门预算情况说明
一、支出预算情况说明
"""
PROSE = (
    "本年支出合计{total}万元，其中：基本支出150.00万元，占{share}%；项目支出50.00万元，占25.00%。\n"
)
Causes = dict[str, dict[str, str | None]]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The findings of some documents, each with another fault."""
    texts = {
        # The prose misprints an amount, so that the shares of it do not agree either
        "prose": HEAD + PROSE.format(total="210.00", share="75.00"),
        # Only the share is wrong
        "share": HEAD + PROSE.format(total="200.00", share="70.00"),
        # A row contradicts its own columns, so that what sums it up does
        "row": HEAD.replace("行政运行 | 150.00", "行政运行 | 140.00")
        + PROSE.format(total="200.00", share="75.00"),
        # Another row has the same amount as one that is accused
        "alike": HEAD.replace("水利行业业务管理 | 50.00", "水利行业业务管理 | 150.00")
        + PROSE.format(total="200.00", share="70.00"),
    }
    folder = tmp_path_factory.mktemp("causes")
    (folder / "raw").mkdir()
    for name, text in texts.items():
        (folder / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    return jcdata.check(build_database(folder / "raw", folder / "x.duckdb", None).database)


@pytest.fixture(scope="module")
def found(checked: pd.DataFrame) -> Causes:
    """The target of each contradiction of a document with the target of its cause."""
    found = [f for f in checked.itertuples() if f.status == "fail"]
    targets = {f.finding_id: f"{f.check_key} {f.target}" for f in found}
    return {
        name: {
            targets[f.finding_id]: targets.get(f.consequence_of)
            for f in found
            if f.document_id == name
        }
        for name in sorted({f.document_id for f in found})
    }


def test_a_share_of_a_contradicted_amount_follows_from_its_finding(found: Causes) -> None:
    (cause,) = (target for target in found["prose"] if target.startswith("prose_cell "))
    assert found["prose"][cause] is None
    shares = [target for target in found["prose"] if target.startswith("prose_share ")]
    assert len(shares) == 2 and {found["prose"][share] for share in shares} == {cause}


def test_a_wrong_share_of_sound_amounts_stands_alone(found: Causes) -> None:
    (share,) = (target for target in found["share"] if target.startswith("prose_share "))
    assert found["share"][share] is None


def test_a_sum_of_a_contradicted_row_follows_from_that_row(found: Causes) -> None:
    (cause,) = (target for target in found["row"] if target.startswith("row_sum "))
    sums = [target for target in found["row"] if target.startswith("functional_items ")]
    assert sums and {found["row"][target] for target in sums} == {cause}
    assert found["row"][cause] is None


def test_a_figure_that_only_looks_alike_is_no_cause(found: Causes) -> None:
    (share,) = (target for target in found["alike"] if target.startswith("prose_share "))
    assert any(target.startswith("row_sum ") for target in found["alike"])
    assert found["alike"][share] is None


def test_the_worst_comes_first_with_what_follows_from_it_right_below(checked: pd.DataFrame) -> None:
    weights = {"error": 0, "warning": 1, "info": 2}
    roots = [f for f in checked.itertuples() if not isinstance(f.consequence_of, str)]
    places = {f.finding_id: place for place, f in enumerate(checked.itertuples())}
    keys = [(weights[f.severity], f.status, -(f.at_stake_yuan or 0)) for f in roots]
    assert keys == sorted(keys) and len(roots) > 3
    for f in checked.itertuples():
        if isinstance(f.consequence_of, str):
            between = checked.iloc[places[f.consequence_of] + 1 : places[f.finding_id]]
            assert all(isinstance(cause, str) for cause in between.consequence_of)
