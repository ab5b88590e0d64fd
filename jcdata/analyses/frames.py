"""The analyses as frames, for people, charts and notebooks; exact money stays in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from rapidfuzz import process

from jcdata.database.definitions import literal
from jcdata.database.records import read_records
from jcdata.errors import SelectionError
from jcdata.extras import require
from jcdata.messages import Message, read_message
from jcdata.schema import YUAN, DocumentRecord, Field, views

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

_Row = TypeVar("_Row", bound=NamedTuple)

YUAN_PER_WAN = 10_000
# Column and Chinese word of each parameter that chooses rows
_PARAMETERS = {
    "unit": ("unit_name", "单位"),
    "year": ("fiscal_year", "年度"),
    "kind": ("document_kind", "文件类别"),
    "dimension": ("dimension", "维度"),
}
_MOST_NAMED = 10
PRICES = {"yuan_per_unit", "ceiling_yuan"}  # of single things, too small for 万元


def two_decimals(amount: Decimal) -> Decimal:
    """An amount with two decimals, half rounded up as the database does."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def in_wan(yuan: Decimal) -> Decimal:
    """Yuan as 万元 with two decimals."""
    return two_decimals(yuan / YUAN_PER_WAN)


class Words(NamedTuple):
    """A text in both languages of the readers."""

    zh: str
    en: str


# What each analysis answers; the names are those of the dimensions, bases and views
QUESTIONS = {
    "composition": Words("构成如何？", "What is it made of?"),
    "revenue_source": Words("钱从哪里来？", "Where does the money come from?"),
    "expenditure_type": Words("多少钱维持运转，多少钱办项目？", "How much keeps the unit running, how much is for projects?"),
    "function": Words("钱用于哪些职能？", "Which functions is it for?"),
    "economic": Words("基本支出买了什么？", "What does basic expenditure buy?"),
    "governmental_economic": Words("按政府经济分类，基本支出买了什么？", "What does basic expenditure buy, by the governmental classification?"),
    "project": Words("项目的钱集中在哪里？", "Which projects take most of the project money?"),
    "three_public": Words("“三公”经费花在哪里？", "What are the three public expenses spent on?"),
    "procurement": Words("政府采购买什么？", "What does government procurement buy?"),
    "function_by_nature": Words("每项职能的钱是什么性质？", "How much of each function runs the unit, is for projects, was carried over?"),
    "key_shares": Words("几个关键占比是多少？", "What are the shares asked for first?"),
    "growth_stated": Words("比上年增减多少？", "What grew and what shrank?"),
    "growth_documents": Words("与上年的同类文件相比，增减多少？", "What changed from last year's document of the same kind?"),
    "growth_decomposition": Words("总额为什么变了？", "Why did the total change?"),
    "item_years": Words("历年预算多少，实际支出多少？", "What was budgeted and what was spent, year by year?"),
    "project_costs": Words("哪些项目钱多、指标少？", "Which projects have much money and few indicators?"),
    "project_funding": Words("哪些项目的钱没有绩效目标？", "Which project money has no performance form?"),
    "money_and_indicators": Words("钱多的项目，可衡量的指标也多吗？", "Do projects with more money have more indicators that can be measured?"),
    "indicator_quality": Words("指标能不能衡量？", "Can it be measured whether the indicators were met?"),
    "unit_costs": Words("单位产出的成本是多少？", "What does one unit of an output cost?"),
    "carry_over": Words("上年结转多少？本年的钱有多少用于以前年度？", "How much is carried over, and how much of this year's money pays for earlier years?"),
    "carry_over_items": Words("分别用于什么？", "What is each part for?"),
    "peers": Words("与同类单位相比，处于什么位置？", "Where does a unit stand among its peers?"),
    "timeseries": Words("历年如何变化？", "How did it move over the years?"),
    "findings": Words("文件前后一致吗？", "Does the document contradict itself?"),
}  # fmt: skip


def read(
    con: duckdb.DuckDBPyConnection, view: str, *, exact: bool = False, **chosen: str | int | None
) -> pd.DataFrame:
    """The rows of one of the analysis views with the unit, year, kind and dimension that are chosen.

    Money is float, or Decimal if it is to be `exact`. `attrs["pages"]` has the pages of lines, by `document:line`. An analysis
    may have no rows for a document: that is an answer. Raises SelectionError if the unit, its year or its dimension is not
    there at all.
    """
    require("analysis")
    given = {name: value for name, value in chosen.items() if value is not None}
    with con.cursor() as cursor:
        cursor.execute(f"FROM {view}{_where(given)}", list(given.values()))
        frame = frame_of(cursor, exact)
        if frame.empty:
            _require(cursor, view, given)
        frame.attrs["pages"] = _pages(cursor, frame)
    return frame


def _pages(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> dict[str, int]:
    """The pages of the rows' lines, of documents that have pages, by `document:line`."""
    query = """
        SELECT concat(document_id, ':', line_no), any_value(page_no)
        FROM (SELECT unnest($documents::VARCHAR[]) AS document_id, unnest($lines::INTEGER[]) AS line_no)
        JOIN source_lines USING (document_id, line_no)
        WHERE page_no IS NOT NULL
        GROUP BY ALL"""
    if not {"document_id", "line_no"} <= set(frame.columns):
        return {}
    cited = frame.dropna(subset=["document_id", "line_no"])  # what is not printed has no line
    asked = {
        "documents": list(cited["document_id"]),
        "lines": [int(number) for number in cited["line_no"]],
    }
    return dict(con.execute(query, asked).fetchall())


def frame_of(executed: duckdb.DuckDBPyConnection, exact: bool) -> pd.DataFrame:
    """The result of what a connection executed; if `exact`, decimals are Decimal objects instead of floats."""
    if not exact:
        return executed.df()
    import pandas as pd

    names = [name for name, *_ in executed.description or ()]
    return pd.DataFrame(executed.fetchall(), columns=pd.Index(names))


def read_rows(
    con: duckdb.DuckDBPyConnection, record: type[_Row], view: str, **chosen: str | int | None
) -> list[_Row]:
    """The rows of a view as records, money exact, with what is chosen; raises SelectionError as `read` does."""
    given = {name: value for name, value in chosen.items() if value is not None}
    with con.cursor() as cursor:
        rows = read_records(cursor, record, f"{view}{_where(given)}", list(given.values()))
        if not rows:
            _require(cursor, view, given)
    return rows


def read_rows_of(
    con: duckdb.DuckDBPyConnection, record: type[_Row], view: str, document_ids: Iterable[str]
) -> list[_Row]:
    """The rows of a view that belong to some documents, in its order."""
    # As literals, of which a view asks its tables; of a subquery it would ask only its own rows
    wanted = ", ".join(map(literal, document_ids)) or "NULL"
    return read_records(con, record, f"{view} WHERE document_id IN ({wanted})")


def find_documents(
    con: duckdb.DuckDBPyConnection, **chosen: str | int | None
) -> list[DocumentRecord]:
    """The documents of a unit, a year or all. Raises SelectionError if there is none."""
    given = {name: value for name, value in chosen.items() if value is not None}
    source = f"documents{_where(given)} ORDER BY document_id"
    documents = read_records(con, DocumentRecord, source, list(given.values()))
    if not documents:
        _require(con, "documents", given)
        raise SelectionError(Message("no document in the database", "数据库中没有文件"))
    return documents


def in_chinese(frame: pd.DataFrame, view: str) -> pd.DataFrame:
    """A frame of a view for reading: Chinese headings, 万元 (prices 元) with two decimals, per cent, words for codes.

    Its cells are text, empty where there is no value. Columns that the view does not have stay as they are.
    """
    shown = frame.astype(object).where(frame.notna(), None)
    fields = [f for v in views() if v.name == view for f in v.fields if f.name in shown]
    for field in fields:
        shown[field.name] = shown[field.name].map(lambda value, field=field: in_words(value, field))
    return shown.rename(columns={f.name: heading_of(f) for f in fields})


def heading_of(field: Field) -> str:
    """What a column is called in Chinese, with the unit in which `in_words` gives its money."""
    if field.column.unit != YUAN:
        return field.column.zh
    return f"{field.column.zh}（{'元' if field.name in PRICES else '万元'}）"


def in_words(value: Any, field: Field) -> str:
    """What stands in a column as Chinese readers have it: 万元 (prices 元), per cent, words for codes; '' where nothing does."""
    if value is None:
        return ""
    if field.column.unit == YUAN:
        yuan = Decimal(str(value))
        return f"{two_decimals(yuan) if field.name in PRICES else in_wan(yuan):,}"
    if field.column.unit == "fraction":
        return f"{value:.2%}"
    if field.sql_type == "BOOLEAN":
        return "是" if value else "否"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return exact_text(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    if field.column.is_message:
        return read_message(value).zh
    return (field.column.values or {}).get(value, str(value))


def exact_text(number: Decimal) -> str:
    """All digits of a number, in groups of three, without the zeros at the end that say nothing."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _where(given: Iterable[str]) -> str:
    conditions = " AND ".join(f"{_PARAMETERS[name][0]} = ?" for name in given)
    return f" WHERE {conditions}" if conditions else ""


def _require(con: duckdb.DuckDBPyConnection, view: str, given: Mapping[str, str | int]) -> None:
    """Raise SelectionError for the first of the values, in their order, that the ones before it leave no row for."""
    before: dict[str, str | int] = {}
    for name, value in given.items():
        column, zh = _PARAMETERS[name]
        source = view if name == "dimension" else "documents"
        query = f"SELECT DISTINCT {column}::VARCHAR FROM {source}{_where(before)}"
        there = [
            v for (v,) in con.execute(query, list(before.values())).fetchall() if v is not None
        ]
        if str(value) not in there:
            nearest = [
                match for match, *_ in process.extract(str(value), sorted(there), limit=_MOST_NAMED)
            ]
            more = ", ..." if len(there) > len(nearest) else ""
            raise SelectionError(
                Message(
                    f"no {name} {value!r}; there is: {', '.join(nearest)}{more}",
                    f"没有这个{zh}，现有者如上",
                )
            )
        before[name] = value
