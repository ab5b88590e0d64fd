"""A finding can be cited in every build, and what a reviewer decided about it stays with it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import jcdata
from jcdata.checks.reviews import parse_reviews, read_reviews
from jcdata.pipeline.build import BuildResult, build_database
from jcdata.pipeline.processes import Processes
from jcdata.pipeline.reviewing import add_review, reviews_beside

Build = Callable[..., BuildResult]
HEAD = (
    "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
)
WRONG = HEAD + "合计 5.50 5.40  \n"
MARK = """# who reviewed this

[[review]]   # the first
finding = "{finding}"
verdict = "{verdict}"
reason = "misprint"
"""


def rows(result: BuildResult) -> list[Any]:
    return list(jcdata.check(result.database).itertuples())


def ids(result: BuildResult) -> set[tuple[str, str]]:
    with jcdata.connect(result.database) as con:
        query = "SELECT target, finding_id FROM check_results WHERE document_id = 'some'"
        return set(con.sql(query).fetchall())


def error_of(result: BuildResult) -> Any:
    (error,) = (f for f in rows(result) if f.severity == "error" or isinstance(f.verdict, str))
    return error


def test_every_result_has_an_id_of_its_own(built: BuildResult) -> None:
    with jcdata.connect(built.database) as con:
        ((total, distinct),) = con.sql(
            "SELECT count(*), count(DISTINCT finding_id) FROM check_results WHERE length(finding_id) = 12"
        ).fetchall()
        ((made_otherwise,),) = con.sql(
            "SELECT count(*) FROM check_results WHERE finding_id <> "
            "left(sha256(concat_ws(chr(31), document_id, check_key, target)), 12)"
        ).fetchall()
    assert total == distinct > 1000 and made_otherwise == 0


def test_an_id_stays_when_documents_come_lines_move_and_others_read(
    build: Build, tmp_path: Path
) -> None:
    twice = WRONG + "213 农林水支出 5.50 5.30  \n213 农林水支出 5.50 5.20  \n"
    before = ids(build(some=twice))
    assert any("（2）" in target for target, _ in before)
    assert (
        ids(build(some=twice, other=HEAD.replace("某某局", "别处局") + "合计 7.50 7.50  \n"))
        == before
    )
    assert ids(build(some=twice.replace("单位：万元", "\n\n单位：万元"))) == before
    for jobs in (1, 2):
        whole = build_database(
            tmp_path / "raw", tmp_path / f"{jobs}" / "x.duckdb", None, processes=Processes(jobs)
        )
        assert ids(whole) == before


def test_a_mark_survives_builds_and_lets_the_finding_count_no_more(build: Build) -> None:
    finding = error_of(build(some=WRONG))
    add_review(Path(build(some=WRONG).database), finding.finding_id, "dismissed", "see the annex")
    for texts in ({}, {"other": HEAD + "合计 7.50 7.50  \n"}, {"some": WRONG + "\n"}):
        result = build(**texts)
        reviewed = rows(result)[-1]
        assert (reviewed.verdict, reviewed.review_reason) == ("dismissed", "see the annex")
        assert reviewed.finding_id == finding.finding_id and result.stale_reviews == []


def test_what_was_dismissed_comes_last_and_what_was_accepted_stays(build: Build) -> None:
    two = WRONG + "213 农林水支出 5.50 1.30  \n"
    first, second, *_ = rows(build(some=two))
    database = build(some=two).database
    add_review(database, first.finding_id, "dismissed", "no")
    add_review(database, second.finding_id, "accepted", "yes")
    shown = rows(build(some=two))
    assert shown[0].finding_id == second.finding_id and shown[0].verdict == "accepted"
    assert shown[-1].finding_id == first.finding_id


def test_adding_a_mark_changes_nothing_that_is_there(build: Build) -> None:
    database = build(some=WRONG).database
    finding_id = error_of(build(some=WRONG)).finding_id
    path = reviews_beside(database)
    old = MARK.format(finding="0123456789ab", verdict="accepted").replace("\n", "\r\n").rstrip()
    path.write_bytes(old.encode())
    marked = add_review(database, finding_id, "dismissed", 'a "b"\nc', by="甲")
    assert path.read_bytes().startswith(old.encode()) and marked.verdict == "dismissed"
    (mark,) = (m for m in read_reviews(path) if m.finding_id == finding_id)
    assert (mark.reason, mark.reviewed_by, mark.stated) == ('a "b"\nc', "甲", Decimal(55000))


def test_a_mark_is_made_in_python_while_the_database_is_open(build: Build, tmp_path: Path) -> None:
    database, reviews = build(some=WRONG).database, tmp_path / "mine.toml"
    finding_id = error_of(build(some=WRONG)).finding_id
    with jcdata.connect(database) as before:
        marked = jcdata.review(
            str(database), finding_id, "accepted", reason="misprint", by="甲", reviews=str(reviews)
        )
        with jcdata.connect(database) as after:
            asked = f"SELECT verdict FROM findings WHERE finding_id = '{finding_id}'"
            assert before.sql(asked).fetchall() == [(None,)]
            assert after.sql(asked).fetchall() == [(marked.verdict,)] == [("accepted",)]
    (mark,) = read_reviews(reviews)
    assert (mark.finding_id, mark.reviewed_by) == (finding_id, "甲")
    assert not reviews_beside(database).exists()
    with pytest.raises(jcdata.SelectionError):
        jcdata.review(database, "0123456789ab", "accepted", reason="yes")


def test_the_last_mark_of_a_finding_counts() -> None:
    text = "".join(
        MARK.format(finding="0123456789ab", verdict=v) for v in ("accepted", "dismissed")
    )
    assert [mark.verdict for mark in parse_reviews(text)] == ["dismissed"]


@pytest.mark.parametrize(
    ("other", "fault"), [("合计 5.50 5.50  \n", "gone"), ("合计 5.60 5.40  \n", "changed")]
)
def test_a_mark_that_no_longer_applies_is_reported_and_decides_nothing(
    build: Build, other: str, fault: str
) -> None:
    finding_id = error_of(build(some=WRONG)).finding_id
    add_review(build(some=WRONG).database, finding_id, "dismissed", "no")
    result = build(some=HEAD + other)
    assert [(s.finding_id, s.fault) for s in result.stale_reviews] == [(finding_id, fault)]
    assert [f for f in rows(result) if isinstance(f.verdict, str)] == []
    assert build().stale_reviews == result.stale_reviews  # nothing is read, and it is said again


def test_a_mark_written_by_hand_counts_from_the_next_build(build: Build) -> None:
    result = build(some=WRONG)
    text = MARK.format(finding=error_of(result).finding_id, verdict="dismissed")
    reviews_beside(result.database).write_text(text, encoding="utf-8")
    assert error_of(build()).review_reason == "misprint"
    reviews_beside(result.database).unlink()
    assert not isinstance(error_of(build()).verdict, str)


GOOD = MARK.format(finding="0123456789ab", verdict="accepted")


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        ("[[review", "line 7"),
        (GOOD.replace("accepted", "maybe"), "line 9"),
        (GOOD.replace("reason", "because"), "line 9"),
        (GOOD.replace('"misprint"', '" "'), "line 9"),
        (GOOD.replace("0123456789ab", "some"), "line 9"),
        (GOOD + "stated = 'much'\n", "line 9"),
        (GOOD + "stated = 1.2345678\n", "line 9"),
        (GOOD + "on = 'today'\n", "line 9"),
        ("[other]\na = 1\n", "other"),
    ],
)
def test_a_file_that_can_not_be_read_names_its_line_and_changes_nothing(
    build: Build, broken: str, where: str
) -> None:
    result = build(some=WRONG)
    path = reviews_beside(result.database)
    before = result.database.read_bytes()
    text = '[[review]]\nfinding = "0123456789ab"\nverdict = "accepted"\nreason = """\n[[review]]"""\n\n'
    path.write_text(text + broken, encoding="utf-8")
    with pytest.raises(jcdata.ReviewError, match=where):
        build(some=WRONG + "\n")
    with pytest.raises(jcdata.ReviewError, match=where):
        add_review(result.database, error_of(result).finding_id, "accepted", "yes")
    assert result.database.read_bytes() == before
    assert path.read_text(encoding="utf-8") == text + broken


@pytest.mark.parametrize(
    ("finding", "verdict", "reason"),
    [("0123456789ab", "accepted", "yes"), (None, "maybe", "yes"), (None, "accepted", " ")],
)
def test_what_is_no_finding_verdict_or_reason_is_refused(
    build: Build, finding: str | None, verdict: str, reason: str
) -> None:
    result = build(some=WRONG)
    with pytest.raises((jcdata.SelectionError, jcdata.ReviewError)):
        add_review(result.database, finding or error_of(result).finding_id, verdict, reason)
    assert not reviews_beside(result.database).exists()
