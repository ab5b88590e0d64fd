from __future__ import annotations

from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.comparison.matching import Item, Match, best_assignment, match
from jcdata.names import ALIKE, name_without_year


def item(
    name: str, code: str = "", amount: int | None = None, line_no: int = 1, is_cut: bool = False
) -> Item:
    return Item("", code, name, amount, amount, line_no, is_cut)


def only(one: Item, other: Item, alike: float | None = ALIKE) -> Match:
    """The match of two items, seen from either side."""
    found = match([one], [other], alike)
    assert sorted(map(repr, found)) == sorted(
        repr(m._replace(a=m.b, b=m.a)) for m in match([other], [one], alike)
    )
    return found[0]


def test_codes_decide_whatever_the_names_are() -> None:
    assert only(item("住房公积金", "2210201"), item("购房补贴", "2210201"), None)[2] == "code"
    assert only(item("行政运行", "2010301"), item("行政运行", "2240101"))[2] == ""


def test_names_decide_where_one_has_no_code() -> None:
    assert only(item("行政运行", "2010301"), item("行政运行"), None)[2:] == ("name", 1.0)
    assert only(item("“行政 运行”"), item("行政运行"), None)[2] == "name"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2023年防汛资金", "防汛资金"),
        ("提前下达2025年中央自然灾害救灾资金", "中央自然灾害救灾资金"),
        ("关于2022-2024年度规划编制", "关于规划编制"),
        ("２０２３年防汛资金", "防汛资金"),
        ("2023年", "2023年"),
        ("编号12023年检", "编号12023年检"),
    ],
)
def test_years_are_taken_out_of_a_name(name: str, expected: str) -> None:
    assert name_without_year(name) == expected


def test_names_that_differ_in_the_year_are_one_and_their_likeness_tells() -> None:
    found = only(item("提前下达2025年救灾资金", amount=5), item("2024年救灾资金", amount=7))
    assert found.matched_by == "name"
    assert found.similarity is not None and found.similarity < 1


def test_the_same_year_comes_before_another_one() -> None:
    a = [item("2022年救灾资金", line_no=1), item("2023年救灾资金", line_no=2)]
    b = [item("2023年救灾资金", line_no=1), item("2024年救灾资金", line_no=2)]
    assert {(m.a, m.b) for m in match(a, b)} == {(1, 0), (0, 1)}


@pytest.mark.parametrize(
    ("one", "other", "same_amount", "is_one"),
    [
        ("应急救援基地运行维护费", "应急基地维护费", True, True),
        ("应急救援基地运行维护费", "应急基地维护费", False, False),
        ("全市应急救援基地日常运行维护费用项目", "全市应急救援基地日常运行维护费用", False, True),
        ("防汛物资储备一期", "防汛物资储备二期", True, False),
        ("防汛物资储备", "遗属补助抚恤金", True, False),
        (
            "市级重点行业领域安全检查项目及其他各类专项业务经费",
            "市级重点行业领域安全检查",
            True,
            True,
        ),
    ],
)
def test_likeness_needs_an_equal_amount_or_nearly_the_whole_name(
    one: str, other: str, same_amount: bool, is_one: bool
) -> None:
    found = only(item(one, amount=5), item(other, amount=5 if same_amount else 6))
    assert (found.matched_by == "similarity") == is_one


def test_no_amount_is_no_equal_amount() -> None:
    assert only(item("应急救援基地运行维护费"), item("应急基地维护费")).matched_by == ""


def test_likeness_is_not_asked_where_names_are_from_closed_lists() -> None:
    assert (
        only(
            item("对个人和家庭的补助", amount=5), item("其他对个人和家庭的补助", amount=5), None
        ).matched_by
        == ""
    )


def test_a_name_that_the_print_cut_is_one_with_what_begins_so() -> None:
    cut, whole = item("一线人员", amount=4, is_cut=True), item("一线人员聘请三方机构数量", amount=4)
    assert only(cut, whole, 0.8).matched_by == "similarity"
    assert only(cut._replace(is_cut=False), whole, 0.8).matched_by == ""
    assert only(cut, whole._replace(evidence=5), 0.8).matched_by == ""


def test_of_things_with_one_name_those_that_agree_are_one() -> None:
    a = [item("小计", amount=amount, line_no=line) for line, amount in enumerate((1, 2, 3))]
    b = [item("小计", amount=amount, line_no=line) for line, amount in enumerate((9, 3, 1))]
    assert {(m.a, m.b) for m in match(a, b)} == {(0, 2), (2, 1), (1, 0)}


def test_things_of_two_scopes_are_never_one() -> None:
    one = item("行政运行", "2010301", 5)
    assert [m.matched_by for m in match([one], [one._replace(scope="other")], ALIKE)] == ["", ""]


def test_two_poor_pairs_do_not_outweigh_a_good_one() -> None:
    a = [
        item("甲乙丙丁戊己庚辛壬癸", amount=5, line_no=1),
        item("戊己庚辛壬癸子寅卯辰", amount=5, line_no=2),
    ]
    b = [
        item("甲乙丙丁戊己庚辛壬癸子", amount=5, line_no=1),
        item("甲乙丙丁戊己春夏秋冬", amount=5, line_no=2),
    ]
    assert [only(a[i], b[j]).similarity for i, j in ((0, 0), (0, 1), (1, 0))] == [
        0.9524,
        0.6,
        0.6667,
    ]
    assert {(m.a, m.b) for m in match(a, b, ALIKE)} == {(0, 0), (1, None), (None, 1)}


WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 12), max_size=14
)


@given(WEIGHTS)
def test_assignment_is_the_best_there_is(weights: dict[tuple[int, int], int]) -> None:
    found = best_assignment(weights)
    assert len(set(found.values())) == len(found)
    best = max(
        sum(weights.get(pair, 0) for pair in enumerate(order)) for order in permutations(range(5))
    )
    assert sum(weights[pair] for pair in found.items()) == best


NAMES = st.text(alphabet="道路养护一二工程费", min_size=1, max_size=12)
ITEMS = st.lists(
    st.builds(
        item, NAMES, st.sampled_from(["", "", "201", "20101"]), st.sampled_from([None, 1, 2])
    ),
    max_size=8,
).map(lambda items: [each._replace(line_no=number) for number, each in enumerate(items)])


def pairs(a: list[Item], b: list[Item]) -> set[tuple[Item | None, Item | None, str]]:
    return {
        (None if m.a is None else a[m.a], None if m.b is None else b[m.b], m.matched_by)
        for m in match(a, b, ALIKE)
    }


@given(ITEMS, ITEMS)
def test_everything_is_matched_once_whichever_comes_first(a: list[Item], b: list[Item]) -> None:
    found = match(a, b, ALIKE)
    assert sorted(m.a for m in found if m.a is not None) == list(range(len(a)))
    assert sorted(m.b for m in found if m.b is not None) == list(range(len(b)))
    assert pairs(b, a) == {(two, one, how) for one, two, how in pairs(a, b)}


@given(ITEMS, ITEMS, st.randoms())
def test_matches_do_not_depend_on_the_order(a: list[Item], b: list[Item], random: Random) -> None:
    shuffled_a, shuffled_b = list(a), list(b)
    random.shuffle(shuffled_a)
    random.shuffle(shuffled_b)
    assert pairs(shuffled_a, shuffled_b) == pairs(a, b)


def test_of_equally_good_matches_always_the_same_are_chosen() -> None:
    a = [
        item(f"防汛物资储备仓库{sign}", amount=5, line_no=line)
        for line, sign in enumerate("甲乙丙")
    ]
    b = [
        item(f"防汛物资储备仓库{sign}", amount=5, line_no=line)
        for line, sign in enumerate("子丑寅")
    ]
    chosen = pairs(a, b)
    assert all(one and other for one, other, _ in chosen)
    for order_a, order_b in product(permutations(a), permutations(b)):
        assert pairs(list(order_a), list(order_b)) == chosen
        assert {
            (one, other, how) for other, one, how in pairs(list(order_b), list(order_a))
        } == chosen
