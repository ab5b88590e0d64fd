"""Which things of two documents are one: by their code, by their name, at last by the likeness of their names.

Documents of two years name a project alike but for the year, and a slip or an addition makes a name another one. So
what finds no partner by code or name may find one by likeness, by the evidence that `linking` asks for between a
project and its form; the pairs are then chosen together, so that their likeness is the greatest in all. Nothing depends
on the order of the things, nor on which document comes first.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from rapidfuzz import fuzz, process

from jcdata.names import (
    NEARLY_EQUAL,
    beginnings,
    is_evidence,
    name_key,
    name_similarity,
    name_without_year,
)

MATCHED_BY = {"code": "编码", "name": "名称", "similarity": "名称近似"}

_TIE_BITS = 64


class Item(NamedTuple):
    """A thing as it is matched, only with things of its scope."""

    scope: Hashable
    code: str  # '' where there is none
    name: str
    evidence: Hashable  # an amount or value that makes an equal one a second witness; None for none
    content: Hashable  # all that is printed of it
    line_no: int
    is_cut: bool = False  # the print cut the name


class Match(NamedTuple):
    """Two things by their positions, None where there is no partner; the likeness of their names as printed, 0 to 1."""

    a: int | None
    b: int | None
    matched_by: str
    similarity: float | None


def match(a: Sequence[Item], b: Sequence[Item], alike: float | None = None) -> list[Match]:
    """Each item of `a` and of `b` once, with its partner or without one.

    Two codes decide alone. Where one of the items has none, the names do, then the names without their years. What is
    left is matched by likeness if `alike` is given: the likeness that is asked for where the evidence is equal.
    """
    left_a, left_b = dict(enumerate(a)), dict(enumerate(b))
    found: list[Match] = []
    for matched_by, key_a, key_b in _STAGES:
        for i, j in _pairs_by_key(left_a, left_b, key_a, key_b):
            found.append(
                Match(
                    a=i,
                    b=j,
                    matched_by=matched_by,
                    similarity=name_similarity(a[i].name, b[j].name),
                )
            )
            del left_a[i], left_b[j]
    if alike is not None:
        for i, j in best_assignment(_likely_pairs(left_a, left_b, alike)).items():
            found.append(
                Match(
                    a=i,
                    b=j,
                    matched_by="similarity",
                    similarity=name_similarity(a[i].name, b[j].name),
                )
            )
            del left_a[i], left_b[j]
    return [
        *found,
        *(Match(a=i, b=None, matched_by="", similarity=None) for i in left_a),
        *(Match(a=None, b=j, matched_by="", similarity=None) for j in left_b),
    ]


# ---------------------------------------------------------------------------------------------------------
# Equal keys

_Key = Callable[[Item], str]


def _code(item: Item) -> str:
    return item.code


def _name(item: Item) -> str:
    return "" if item.code else name_key(item.name)


def _name_beside_code(item: Item) -> str:
    return name_key(item.name) if item.code else ""


def _name_without_year(item: Item) -> str:
    return "" if item.code else name_key(name_without_year(item.name))


_STAGES: tuple[tuple[str, _Key, _Key], ...] = (
    ("code", _code, _code),
    ("name", _name, _name),
    ("name", _name, _name_beside_code),
    ("name", _name_beside_code, _name),
    ("name", _name_without_year, _name_without_year),
)


def _pairs_by_key(
    a: Mapping[int, Item], b: Mapping[int, Item], key_a: _Key, key_b: _Key
) -> list[tuple[int, int]]:
    groups_a, groups_b = _groups(a, key_a), _groups(b, key_b)
    shared = [key for key in groups_a if key in groups_b]
    return [pair for key in shared for pair in _pairs_in_group(groups_a[key], groups_b[key], a, b)]


def _groups(items: Mapping[int, Item], key: _Key) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(items, key=lambda i: (items[i].line_no, items[i].name)):
        if text := key(items[i]):
            groups[items[i].scope, text].append(i)
    return groups


def _pairs_in_group(
    of_a: Sequence[int], of_b: Sequence[int], a: Mapping[int, Item], b: Mapping[int, Item]
) -> Iterator[tuple[int, int]]:
    """Of things with one key, those that are the same in all first, the others as they follow each other in print."""
    rest_b = list(of_b)
    rest_a = []
    for i in of_a:
        same = next(
            (j for j in rest_b if (b[j].name, b[j].content) == (a[i].name, a[i].content)), None
        )
        if same is None:
            rest_a.append(i)
        else:
            rest_b.remove(same)
            yield i, same
    yield from zip(rest_a, rest_b, strict=False)


# ---------------------------------------------------------------------------------------------------------
# Likeness


def _likely_pairs(
    a: Mapping[int, Item], b: Mapping[int, Item], alike: float
) -> dict[tuple[int, int], int]:
    """The pairs that may be one, each with its weight: by how much its likeness exceeds what is asked for at least.

    Measured so, two poor pairs do not outweigh a good one. The last bits are a fixed number of each pair's own, so that
    of equally good choices always the same one is made.
    """
    pairs = {}
    for i, j in _candidates(a, b):
        name, other = name_without_year(a[i].name), name_without_year(b[j].name)
        similarity = name_similarity(name, other)
        is_equal = a[i].evidence is not None and a[i].evidence == b[j].evidence
        if is_evidence(name, other, similarity, is_equal, alike) or (
            is_equal and _is_marked_cut(a[i], b[j])
        ):
            excess = max(round((similarity - alike) * 10_000), 0) * 2 + is_equal
            pairs[i, j] = (excess << _TIE_BITS) + _own_number(a[i], b[j])
    return pairs


def _candidates(a: Mapping[int, Item], b: Mapping[int, Item]) -> Iterator[tuple[int, int]]:
    """Pairs of one scope worth a look: with the same evidence or nearly equal names."""
    names: defaultdict[Hashable, dict[int, str]] = defaultdict(dict)
    with_evidence: defaultdict[Hashable, set[int]] = defaultdict(set)
    for j, item in b.items():
        if not item.code:
            names[item.scope][j] = name_without_year(item.name)
            with_evidence[item.scope, item.evidence].add(j)
    for i, item in a.items():
        if not item.code and item.scope in names:
            name, others = name_without_year(item.name), names[item.scope]
            near = process.extract(
                name, others, scorer=fuzz.ratio, score_cutoff=100 * NEARLY_EQUAL, limit=None
            )
            same = with_evidence[item.scope, item.evidence] if item.evidence is not None else set()
            for j in sorted({j for _, _, j in near} | same):
                yield i, j


def _is_marked_cut(one: Item, other: Item) -> bool:
    return any(
        cut.is_cut and name_key(cut.name) in beginnings(whole.name)
        for cut, whole in ((one, other), (other, one))
    )


def _own_number(one: Item, other: Item) -> int:
    """A number that depends on both things, whichever comes first, but not on their scope, which counts other things."""
    text = repr(sorted(repr(item._replace(scope=None)) for item in (one, other)))
    return int.from_bytes(blake2b(text.encode(), digest_size=_TIE_BITS // 8 - 2).digest()) + 1


def best_assignment(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Pairs of which no two share a member, with the greatest total of their positive weights.

    One thing of the left after the other takes the best place, where that gains more than it costs those who must move
    on or go without one (the Hungarian method on few pairs, with paths in place of a matrix).
    """
    choices: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (left, right), weight in weights.items():
        choices[left][right] = weight
    owners: dict[int, int] = {}
    for newcomer in choices:
        gains = {newcomer: 0}  # of each on the left, if it is the one that has to look for a place
        moves: dict[int, tuple[int, int]] = {}  # who takes whose place so that it has to
        best_gain, last = 0, None  # the best end found: nobody moves
        queue = deque([newcomer])
        while queue:
            left = queue.popleft()
            for right, weight in choices[left].items():
                owner = owners.get(right)
                if owner is None:
                    if gains[left] + weight > best_gain:
                        best_gain, last = gains[left] + weight, (left, right)
                    continue
                gain = gains[left] + weight - choices[owner][right]
                if owner != left and (owner not in gains or gain > gains[owner]):
                    gains[owner], moves[owner] = gain, (left, right)
                    queue.append(owner)
                    if gain > best_gain:
                        best_gain, last = gain, (left, right)
        while last is not None:
            left, right = last
            owners[right] = left
            last = moves.get(left)
    return {left: right for right, left in owners.items()}
