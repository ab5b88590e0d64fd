"""The analyses give every share and change that the prose of the real documents states, to the printed decimals.

The figures are read from the documents here, by other means than those of jcdata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE, raw_text

SHARE = re.compile(r"([\d,.]+)万元,占([\d.]+)%")
CHANGE = re.compile(r"(增加|减少)([\d,.]+)万元(?:,(增加|增长|减少|下降)([\d.]+)%)?")


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


def prose(document_id: str) -> str:
    """The sections of the prose that compare money, without white space."""
    text = re.sub(r"\s", "", raw_text(document_id)).replace("，", ",")
    begin = text.rindex("一、单位预算收支数据变动情况及原因")
    return text[begin : text.index("九、政府采购情况", begin)]


def yuan(printed: str) -> Decimal:
    """万元 as printed in yuan."""
    return Decimal(printed.replace(",", "")) * 10_000


def percent(part: Decimal, whole: Decimal, printed: str) -> str:
    """A share or rate as per cent, rounded to as many decimals as the printed one has."""
    return str((100 * part / whole).quantize(Decimal(printed), ROUND_HALF_UP))


@pytest.mark.parametrize(("document_id", "count"), [(BUREAU, 9), (CENTRE, 7)])
def test_shares(db: duckdb.DuckDBPyConnection, document_id: str, count: int) -> None:
    rows = db.execute(
        "SELECT amount_yuan, base_yuan, round(100 * stated_share, 2) FROM composition WHERE document_id = ?",
        [document_id],
    ).fetchall()
    stated = [
        (yuan(amount), share) for amount, share in SHARE.findall(prose(document_id)) if yuan(amount)
    ]
    assert len(stated) == count
    for amount, share in stated:
        assert (share, float(share)) in {
            (percent(a, base, share), said) for a, base, said in rows if a == amount
        }


@pytest.mark.parametrize(
    ("document_id", "count", "rounded"), [(BUREAU, 7, {"0.31": "0.32"}), (CENTRE, 6, {})]
)
def test_changes_and_rates(
    db: duckdb.DuckDBPyConnection, document_id: str, count: int, rounded: dict[str, str]
) -> None:
    rows = db.execute(
        "SELECT change_yuan, prior_yuan, rate, round(100 * stated_rate, 2) FROM growth WHERE document_id = ? AND basis = 'stated'",
        [document_id],
    ).fetchall()
    stated = CHANGE.findall(prose(document_id))
    assert len(stated) == count
    for word, amount, _, rate in stated:
        change = yuan(amount) if word == "增加" else -yuan(amount)
        of_change = [row for row in rows if row[0] == change]
        assert of_change and all(
            rate == pytest.approx(float(change / prior), abs=1e-12)
            for _, prior, rate, _ in of_change
        )
        if rate:  # one document cuts a digit off where another rounds
            computed = {(percent(change, prior, rate), said) for _, prior, _, said in of_change}
            assert (rounded.get(rate, rate), float(rate)) in computed


def test_a_rate_that_the_document_leaves_out_is_solved_for(db: duckdb.DuckDBPyConnection) -> None:
    pattern = r"“三公”经费预算([\d.]+)万元比2022年同口径减少([\d.]+)万元"
    ((current, less),) = re.findall(pattern, prose(BUREAU))
    query = "SELECT current_yuan, change_yuan, prior_yuan, rate, stated_rate FROM growth WHERE document_id = ? AND subject = '“三公”经费'"
    ((*money, rate, said),) = db.execute(query, [BUREAU]).fetchall()
    assert money == [yuan(current), -yuan(less), yuan(current) + yuan(less)] and said is None
    assert f"{rate:.2%}" == f"{-float(yuan(less) / (yuan(current) + yuan(less))):.2%}" == "-21.25%"
