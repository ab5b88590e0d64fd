"""What documents carry over and what they owe from earlier years, in the words of a conclusion."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jcdata.analyses.frames import read_rows
from jcdata.analyses.sentences import (
    Chosen,
    Fact,
    Said,
    counted,
    en_money,
    joined,
    name_of,
    percent,
    total,
    zh_money,
)
from jcdata.messages import Message
from jcdata.schema import BALANCES, CarryOver, CarryOverBalance, ProjectCost

if TYPE_CHECKING:
    import duckdb

BETWEEN_YEARS = {
    "brought_in": "Carried over from the year before",
    "earlier_work": "this year's money for earlier years' work",
    "carried_out": "carried over into the next year",
}


def carry_over(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    """The balances between years, which are never added up, and the largest amounts of which they are made."""
    balances = read_rows(con, CarryOverBalance, "carry_over_balances", **chosen)
    counted_ones = [row for row in balances if row.counts and row.balance in BETWEEN_YEARS]
    unread = Message(
        " What was not found is not printed or was not read, which does not mean that there is none.",
        "没有读到的，是文件没有印出或未能读出，不等于没有。",
    )
    if all(row.status == "printed" for row in counted_ones):
        unread = Message("", "")
    parts = joined(
        _balance([row for row in counted_ones if row.balance == balance], en, BALANCES[balance])
        for balance, en in BETWEEN_YEARS.items()
    )
    said = Message(
        f"{parts.en} These are balances of their own and are not added up.{unread.en}",
        f"{parts.zh}各是一笔账，不相加。{unread.zh}",
    )
    rows = read_rows(con, CarryOver, "carry_over", **chosen)
    once = [row for row in rows if row.counts and not row.is_repeated]
    # The sentence of arrears says why; where they are all the money of a project, its funds are what is printed.
    printed = {
        (cost.document_id, cost.project_name, cost.arrears_yuan): cost.amount_line_no
        for cost in read_rows(con, ProjectCost, "project_costs", **chosen)
        if cost.arrears_yuan == cost.amount_yuan
    }
    facts = []
    for row in sorted(once, key=lambda row: row.amount_yuan, reverse=True):
        en, zh = {"carried_over": ("carried over", "上年结转"), "arrears": ("arrears", "应付未付")}[
            row.kind
        ]
        share = percent(row.share_of_total)
        facts.append(
            Fact(
                Message(
                    f"{name_of(row)}: {row.project_name or row.item_name}, {en} {en_money(row.amount_yuan)}"
                    + (f", {share} of the year's expenditure" if share else ""),
                    f"{name_of(row)}：{row.project_name or row.item_name}{zh} {zh_money(row.amount_yuan)}"
                    + (f"，占当年总支出的 {share}" if share else ""),
                ),
                row.document_id,
                printed.get((row.document_id, row.project_name, row.amount_yuan)) or row.line_no,
            )
        )
    return said, facts


def _balance(rows: list[CarryOverBalance], en: str, zh: str) -> Message:
    """What the documents print of a balance, and of how many it is not known."""
    count = Counter(row.status for row in rows)
    places = [
        Message(f"{words_en} {counted(count[status], 'document')}", words_zh.format(count[status]))
        for status, words_en, words_zh in (
            ("printed", "printed in", "{} 份文件列示"),
            ("not_printed", "not found in", "{} 份没有读到"),
            ("unclear", "printed with several amounts in", "{} 份有多处列示，无法确定"),
        )
        if count[status]
    ]
    money = total(row.amount_yuan for row in rows)
    sum_en, sum_zh = (f" {en_money(money)},", f" {zh_money(money)}") if count["printed"] else ("", "")  # fmt: skip
    return Message(
        f"{en}:{sum_en} {', '.join(place.en for place in places)}",
        f"{zh}{sum_zh}（{'，'.join(place.zh for place in places)}）",
    )
