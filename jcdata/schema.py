"""Every published table, declared once.

A table is a NamedTuple whose fields carry a `Column`: its Chinese name and its meaning in both languages.
The DDL, the COMMENTs, the Arrow schemas, the Chinese views, the data dictionary and the records that the
parsers make all come from these classes; nothing else in the project names a column's type.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Annotated, Literal, NamedTuple, TypeVar, get_args, get_type_hints

from jcdata import codes


class Column(NamedTuple):
    """What a column means. `values` closes the list of what may stand in it, with the Chinese word for each.

    What stands in it `is_message` where it is a Message as text, in both languages.
    `fiscal_type` is the ColumnType of the Fiscal Data Package's budget taxonomy (specs.frictionlessdata.io) that the
    column is. Where a name is the only identifier that documents print, it is the `code`.
    """

    zh: str
    comment: str
    comment_zh: str
    unit: str = ""
    values: dict[str, str] | None = None
    sql_type: str = ""  # where the Python type's usual one does not fit
    fiscal_type: str = ""
    is_message: bool = False


class Field(NamedTuple):
    """A column together with the SQL type that its Python type stands for."""

    name: str
    sql_type: str
    nullable: bool
    column: Column


class Table(NamedTuple):
    """A published table: its record class, its names, what one row of it is, its keys and checks.

    A derived table is not read from the documents but made from the other tables, in the database. A clean one depends
    on the documents alone and is written as files too. In the database rows read together stand in the order of `sorted_by`, then of
    the key, so that who asks for few values of that column need not look at all rows.
    """

    record: type
    name: str
    zh: str
    comment: str
    comment_zh: str
    key: tuple[str, ...]
    references: tuple[tuple[tuple[str, ...], str], ...]
    checks: tuple[str, ...]
    fields: tuple[Field, ...]
    is_derived: bool
    is_clean: bool
    sorted_by: str

    @property
    def of_documents(self) -> bool:
        """Whether its rows belong to documents: then its first column names the document."""
        return self.fields[0].name == "document_id"


class View(NamedTuple):
    """A published view: its names, what one row of it is, what it refers to, its columns. Its query is `sql/views/NAME.sql`.

    The rows of a stored one are computed at the end of each build, and the view shows them: those that would take longest.
    """

    name: str
    zh: str
    comment: str
    comment_zh: str
    references: tuple[tuple[tuple[str, ...], str], ...]
    fields: tuple[Field, ...]
    is_stored: bool


class Macro(NamedTuple):
    """A published macro: its names, its parameters in English and Chinese, what it gives. Its body is `sql/macros/NAME.sql`, that of
    `comparable_name` is made of `jcdata.names`.

    One with columns stands after FROM, the others give a value.
    """

    name: str
    zh: str
    parameters: dict[str, str]
    comment: str
    comment_zh: str
    fields: tuple[Field, ...] = ()


SQL_TYPES: dict[object, str] = {
    str: "VARCHAR",
    int: "INTEGER",
    bool: "BOOLEAN",
    float: "DOUBLE",
    Decimal: "DECIMAL(18,2)",
    datetime.date: "DATE",
    list[int]: "INTEGER[]",
}

YUAN = "yuan"  # the unit of every column of money
NUMBER = "DECIMAL(24,6)"  # figures of any unit, exact

_declared: dict[type, Callable[[], Table]] = {}
_views: list[Callable[[], View]] = []
_Record = TypeVar("_Record", bound=type)


def table(
    name: str, zh: str, comment: str, comment_zh: str, *, key: str, references: dict[str, str] | None = None,
    checks: tuple[str, ...] = (), is_derived: bool = False, is_clean: bool = True, sorted_by: str = "",
) -> Callable[[_Record], _Record]:  # fmt: skip
    """Declare a record class as a published table; `references` maps columns to the table whose key they are."""

    def declare(record: _Record) -> _Record:
        _declared[record] = lambda: Table(
            record=record, name=name, zh=zh, comment=comment, comment_zh=comment_zh, key=tuple(key.split()),
            references=_references(references or {}), checks=checks, fields=tuple(_fields(record)),
            is_derived=is_derived, is_clean=is_clean, sorted_by=sorted_by,
        )  # fmt: skip
        return record

    return declare


def view(
    name: str, zh: str, comment: str, comment_zh: str, *, references: dict[str, str] | None = None,
    is_stored: bool = False,
) -> Callable[[_Record], _Record]:  # fmt: skip
    """Declare a published view whose columns are those of a record class, a table's or one of its own."""

    def declare(record: _Record) -> _Record:
        _views.append(lambda: View(
            name=name, zh=zh, comment=comment, comment_zh=comment_zh,
            references=_references(references or {}), fields=tuple(_fields(record)), is_stored=is_stored,
        ))  # fmt: skip
        return record

    return declare


def _references(declared: dict[str, str]) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(columns.split()), target) for columns, target in declared.items())


def _fields(record: type) -> list[Field]:
    fields = []
    for name, hint in get_type_hints(record, include_extras=True).items():
        python_type, column = get_args(hint)
        options = [t for t in get_args(python_type) if t is not NoneType]
        nullable = NoneType in get_args(python_type)
        sql_type = column.sql_type or SQL_TYPES[options[0] if nullable else python_type]
        fields.append(Field(name=name, sql_type=sql_type, nullable=nullable, column=column))
    return fields


@cache
def tables() -> tuple[Table, ...]:
    """All published tables in the order of their declaration."""
    return tuple(make() for make in _declared.values())


@cache
def views() -> tuple[View, ...]:
    """All published views in the order of their declaration."""
    return tuple(make() for make in _views)


def document_tables() -> tuple[Table, ...]:
    """The tables whose rows belong to documents."""
    return tuple(t for t in tables() if t.of_documents)


def clean_tables() -> tuple[Table, ...]:
    """The tables that are written as files."""
    return tuple(t for t in tables() if t.is_clean)


def published() -> tuple[Table | View, ...]:
    """All published tables, then all views."""
    return (*tables(), *views())


@cache
def table_of(record: type) -> Table:
    """The table of a record class."""
    return next(t for t in tables() if t.record is record)


# ---------------------------------------------------------------------------------------------------------
# Columns that mean the same wherever they stand

RowsAre = Literal[
    "sources", "categories", "functional_items", "revenue_items", "economic_items", "expenses", "units", "projects",
    "purchases", "assets",
]


class StatutoryTable(NamedTuple):
    """A statutory table: its Chinese name, and what the rows of each side are but for totals; '' is the side of a table that has one only.

    `funding` is the year whose money the projects of a table are paid from, '' where the rows are no projects. `revenue`
    is the table of the revenue that one of expenditure may print beside it.
    """

    zh: str
    rows_are: dict[str, RowsAre]
    funding: str = ""
    revenue: str = ""

    @property
    def lists_projects(self) -> bool:
        """Whether its rows are projects."""
        return "projects" in self.rows_are.values()

    @property
    def lists_names(self) -> bool:
        """Whether its rows are of no classification but have whatever names the units give them."""
        return not {"projects", "purchases", "assets"}.isdisjoint(self.rows_are.values())

    @property
    def counts_things(self) -> bool:
        """Whether some of its rows may say how many things there are, not their money."""
        return not {"expenses", "units", "assets"}.isdisjoint(self.rows_are.values())


STATUTORY_TABLES = {  # in the order of their numbers
    "overall_balance": StatutoryTable("预算收支总表", {"revenue": "sources", "expenditure": "categories"}),
    "revenue": StatutoryTable("预算收入总表", {"": "functional_items"}),
    "expenditure": StatutoryTable("预算支出总表", {"": "functional_items"}, revenue="revenue"),
    "fiscal_appropriation_balance": StatutoryTable("财政拨款收支总表", {"revenue": "sources", "expenditure": "categories"}),
    "general_public_expenditure": StatutoryTable("一般公共预算支出预算表（不含上年结转）", {"": "functional_items"}),
    "general_public_basic_expenditure": StatutoryTable("一般公共预算安排基本支出分经济科目表", {"": "economic_items"}),
    "government_fund_revenue": StatutoryTable("政府性基金预算收入表", {"": "revenue_items"}),
    "government_fund_expenditure": StatutoryTable("政府性基金预算支出表", {"": "functional_items"}, revenue="government_fund_revenue"),
    "state_capital_balance": StatutoryTable("国有资本经营预算收支预算表", {"revenue": "revenue_items", "expenditure": "functional_items"}),
    "three_public_expenses": StatutoryTable("“三公”经费支出预算表", {"": "expenses"}),
    "agency_operating_expenses": StatutoryTable("机关运行经费预算表", {"": "units"}),
    "current_year_projects": StatutoryTable("项目支出预算表（本年预算）", {"": "projects"}, funding="current_year"),
    "carry_over_projects": StatutoryTable("项目支出预算表（上年结转）", {"": "projects"}, funding="carry_over"),
    # Beyond the thirteen, as other places print them
    "fiscal_appropriation_expenditure": StatutoryTable("财政拨款支出预算表", {"": "functional_items"}),
    "fiscal_appropriation_basic_expenditure": StatutoryTable("财政拨款基本支出预算表", {"": "economic_items"}),
    "state_capital_expenditure": StatutoryTable("国有资本经营预算支出表", {"": "functional_items"}),
    "procurement": StatutoryTable("政府采购预算表", {"": "purchases"}),
    "service_purchases": StatutoryTable("政府购买服务预算表", {"": "purchases"}),
    "projects": StatutoryTable("项目支出表", {"": "projects"}),
    "assets": StatutoryTable("国有资产占用情况表", {"": "assets"}),
}
OF_THE_THIRTEEN = tuple(STATUTORY_TABLES)[:13]  # which every document is expected to have
TABLE_NAMES = {key: table.zh for key, table in STATUTORY_TABLES.items()}
# As they are shown beside figures of any place: many print this table with what was carried over
SHOWN_TABLE_NAMES = TABLE_NAMES | {"general_public_expenditure": "一般公共预算支出预算表"}
TABLE_NUMBERS = {key: number for number, key in enumerate(STATUTORY_TABLES, start=1)}


def has_side(table_key: str, side: str) -> bool:
    """Whether there is such a statutory table, with such a side."""
    return table_key in STATUTORY_TABLES and side in STATUTORY_TABLES[table_key].rows_are


MEASURES = {
    "total": "合计",
    "current_year": "当年预算安排",
    "carry_over": "上年结转",
    "basic": "基本支出",
    "project": "项目支出",
    "general_public": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "special_account": "财政专户管理资金",
    "unit_funds": "单位资金",
    "personnel": "人员经费",
    "non_personnel": "公用经费",
    "business_revenue": "事业收入",
    "operating_revenue": "事业单位经营收入",
    "superior_subsidy": "上级补助收入",
    "subordinate_remittance": "附属单位上缴收入",
    "other_revenue": "其他收入",
    "non_appropriation_surplus_used": "使用非财政拨款结余",
    "remittance_to_superior": "上缴上级支出",
    "institution_operating": "事业单位经营支出",
    "subsidy_to_subordinates": "对附属单位补助支出",
    "prior_year_actual": "上年执行数",
    "change": "增减额",
    "fiscal_appropriation": "财政拨款收入",
    "budgeted": "预算数",
    "adjusted_budget": "全年预算数",
    "current_revenue": "本年收入",
    "carried_forward": "年末结转和结余",
    "contingency_reserve": "单位预留机动经费",
    "other_funds": "其他资金",
    "other": "含义未定",
}

DocumentId = Annotated[str, Column("文件编号", "Document: its file name without extension, or with it where another file differs in that alone", "文件名去掉扩展名；另有文件仅扩展名不同者保留扩展名")]
LineNo = Annotated[int, Column("行号", "1-based line of the document that the row was read from", "取数所在行，自1起，可在原文行中查到")]  # fmt: skip
PageNo = Annotated[int | None, Column("页码", "Page or sheet on which the line stands, NULL where the file has none", "所在页或工作表，文件不分页者为空")]
FiscalYear = Annotated[int | None, Column("预算年度", "Fiscal year", "预算年度", fiscal_type="date:fiscal-year")]
UnitName = Annotated[str | None, Column("单位名称", "Budget unit that publishes", "预算单位名称", fiscal_type="administrative-classification:generic:code")]  # fmt: skip
TableKey = Annotated[str, Column("报表代号", "Statutory table", "法定报表", values=TABLE_NAMES)]
TableNo = Annotated[int, Column("报表序号", "Number of the statutory table among the thirteen, 1 to 13, whatever number the document gives it", "法定报表在十三张报表中的序号，1至13，与文件自身编号无关")]  # fmt: skip
AmountYuan = Annotated[Decimal, Column("金额", "Amount", "金额", YUAN, fiscal_type="value")]
AmountText = Annotated[str, Column("原文金额", "The figure as printed", "原文印出的数字")]
FormNo = Annotated[int, Column("目标表序号", "Performance form, in order of first appearance", "绩效目标表序号，按首次出现排列")]  # fmt: skip
ProjectName = Annotated[str, Column("项目名称", "Project name as printed", "原文项目名称", fiscal_type="activity:generic:project:code")]  # fmt: skip
FirstLine = Annotated[int, Column("首行", "First line in the document", "起始行号")]
LastLine = Annotated[int, Column("末行", "Last line in the document", "结束行号")]

FUNDING_YEARS = {"current_year": "本年预算", "carry_over": "上年结转"}
DOCUMENT_KINDS = {"budget": "预算", "final_accounts": "决算"}
OUTCOMES = {"loaded": "已载入", "unreadable": "无法读取", "refused": "未采用", "duplicate": "重复文件", "replaced": "已被更正版取代"}
LAYOUTS = {"spaced": "空格分隔", "tabbed": "制表符分隔"}
SIDES = {"revenue": "收入", "expenditure": "支出", "": ""}
PLACED_BY = {"print": "版面", "arithmetic": "勾稽"}
READ_BY = {"text": "文本", "sums": "识别并勾稽", "ocr": "识别"}
STATUSES = {"found": "有数据", "declared_empty": "空表", "missing": "缺表"}

DocumentKind = Annotated[str, Column("文件类别", "Budget or final accounts", "预算或决算", values=DOCUMENT_KINDS, fiscal_type="phase:id")]
ReadBy = Annotated[str, Column("识读依据", "text: the file names its characters; else they were recognised in a picture: sums confirm them (sums), or nothing does (ocr)", "文本：文件自带文字；其余由图片识别得出，或经勾稽印证，或仅凭识别", values=READ_BY)]  # fmt: skip
Confidence = Annotated[float | None, Column("识别置信度", "How sure the least sure of the recognised characters is, 0 to 1, 0 where a scanner put its own text into the file; NULL for what the file itself names", "识别文字中最不确定一字的置信度（0至1，扫描仪自带识别文字者为0），文件自带文字者为空", "fraction")]  # fmt: skip
Counts = Annotated[bool, Column("是否计入", "False where another document has the same money, a copy or the department's: leave it out of sums over documents", "其他文件（重复文件或部门文件）已含同一资金者为否，跨文件加总时应排除")]
IN_DOCUMENT = {"document_id": "documents"}


# ---------------------------------------------------------------------------------------------------------
# The documents and their lines


@table("documents", "文件", "One row per document", "每份公开文件一行", key="document_id")
class DocumentRecord(NamedTuple):
    """A disclosure that was read."""

    document_id: DocumentId
    file_name: Annotated[str, Column("文件名", "File name below the raw folder", "原始文件名")]
    sha256: Annotated[str, Column("校验和", "SHA-256 of the file", "文件的 SHA-256 校验和")]
    title: Annotated[str | None, Column("标题", "Title of the disclosure as printed", "公开文件标题")]
    unit_name: UnitName
    fiscal_year: FiscalYear
    document_kind: DocumentKind
    layout: Annotated[str, Column("版式", "How the text keeps its cells apart", "文本中单元格的分隔方式", values=LAYOUTS)]
    source_unit: Annotated[str | None, Column("金额单位", "Unit of money as printed: 万元, 元", "原文金额单位")]
    line_count: Annotated[int, Column("行数", "Lines of the document", "文件行数", "lines")]
    notes: Annotated[str | None, Column("读取说明", "What was done to read the file or was left out of it, such as pages that are pictures; NULL if nothing", "读取时的处理与未读取的部分，如仅有图片的页；无则为空")]
    counts: Counts = True
    same_as: Annotated[str | None, Column("重复于", "The document of the same unit, year, kind and scope that has all of this one too and counts instead; NULL if none", "同一单位、年度、类别、范围且包含本文件全部内容的另一份文件，加总时以其为准；无则为空")] = None
    part_of: Annotated[str | None, Column("所属部门文件", "The department's document of the same year and kind that covers this unit; NULL if none is loaded", "涵盖本单位的同年同类部门文件；未载入者为空")] = None


PARTS_OF_DISCLOSURE = TABLE_NAMES | {"forms": "绩效目标表", "prose": "情况说明"}


@table("document_parts", "文件组成", "One row per statutory table with figures, forms and prose of a document: in which document it counts",
       "每份文件的每张有数据报表、绩效目标表与情况说明一行：加总时以哪份文件为准", key="document_id part", references=IN_DOCUMENT, is_derived=True)  # fmt: skip
class DocumentPart(NamedTuple):
    """A part of a document, and whether it counts in sums over documents."""

    document_id: DocumentId
    part: Annotated[str, Column("组成部分", "Statutory table, or all forms, or all figures of the prose", "法定报表、全部绩效目标表或文字说明", values=PARTS_OF_DISCLOSURE)]
    counts: Counts
    counted_in: Annotated[str, Column("计入文件", "The document in which it counts, its own where counts is true", "以该文件所列者计入；计入本身者即本文件")]


@table("source_lines", "原文行", "One row per line of a document; telephone numbers and names beside 经办人 are masked",
       "文件的每一行；电话号码与经办人姓名已遮盖", key="document_id line_no", references=IN_DOCUMENT)  # fmt: skip
class SourceLine(NamedTuple):
    """A line of a document, with contact details masked."""

    document_id: DocumentId
    line_no: LineNo
    page_no: PageNo
    text: Annotated[str, Column("原文", "The line as it stands in the document", "原文内容")]
    read_by: ReadBy
    confidence: Confidence


@table("exact_values", "精确值", "One row per cell of a workbook that shows less than it holds, such as 1,234.57 of 1234.5678; the other tables have what it shows",
       "工作簿中显示值不及存储值精确的单元格，每格一行；其他各表均取显示值", key="document_id line_no cell_no",
       references={"document_id line_no": "source_lines"})  # fmt: skip
class ExactValue(NamedTuple):
    """What a cell holds that shows less."""

    document_id: DocumentId
    line_no: LineNo
    cell_no: Annotated[int, Column("单元格序号", "Cell of the line, from 1", "该行第几个单元格，自1起")]
    shown_text: Annotated[str, Column("显示内容", "What the cell shows", "单元格显示的内容")]
    exact_value: Annotated[str, Column("存储值", "The number that it holds, in full (CAST AS DECIMAL for sums), or the date and time in ISO 8601", "单元格存储的完整数字，或 ISO 8601 格式的日期时间")]
    page_no: PageNo = None


@table("input_files", "输入文件", "One row per file of the raw folder: what became of it", "原始文件夹中的每个文件一行：处理结果",
       key="file_name", checks=("(outcome = 'loaded') = (document_id IS NOT NULL)",
                                "(outcome IN ('duplicate', 'replaced')) = (other_file IS NOT NULL)"))  # fmt: skip
class InputFile(NamedTuple):
    """A file that was found, and what became of it. A build reads again only what is not as the last build found it."""

    file_name: Annotated[str, Column("文件名", "File name below the raw folder", "原始文件名")]
    sha256: Annotated[str, Column("校验和", "SHA-256 of the file", "文件的 SHA-256 校验和")]
    outcome: Annotated[str, Column("处理结果", "What became of it", "处理结果", values=OUTCOMES)]
    document_id: Annotated[str | None, Column("文件编号", "Document that it was loaded as, NULL if it was not", "载入后的文件编号，未载入者为空")]
    other_file: Annotated[str | None, Column("对应文件", "File of the same content, or the corrected version that replaces it", "内容相同的文件，或取代它的更正版")]


@table("built_with", "构建程序", "One row: what built the database; a build with the same program reads only what changed",
       "仅一行：构建数据库的程序；程序相同时只读取有改动的文件", key="program", is_clean=False)  # fmt: skip
class BuiltWith(NamedTuple):
    """What built the database."""

    program: Annotated[str, Column("程序校验和", "SHA-256 of the program, its libraries and the corrections that it applied", "读取程序、程序库与更正清单的校验和")]


@table("problems", "问题", "One row per part of the input that could not be read", "无法读取之处，每处一行", key="problem_no")
class Problem(NamedTuple):
    """Something that could not be read; the build then ends with exit status 2."""

    problem_no: Annotated[int, Column("序号", "Order of report", "序号")]
    file_name: Annotated[str, Column("文件名", "File name below the raw folder", "原始文件名")]
    line_no: Annotated[int | None, Column("行号", "Line of the file, if the problem has one", "所在行号")]
    text: Annotated[str, Column("原文", "What is printed there", "原文内容")]
    reason: Annotated[str, Column("原因", "What is wrong, in English and Chinese", "原因（英文与中文）", is_message=True)]
    page_no: PageNo = None


# ---------------------------------------------------------------------------------------------------------
# The statutory tables


@table("table_occurrences", "报表清单", "One row per document and statutory table, missing ones too",
       "每份文件的每张法定报表一行，缺表亦列出", key="document_id table_key", references=IN_DOCUMENT,
       checks=("(status = 'missing') = (first_line IS NULL)", "first_line <= last_line"))  # fmt: skip
class TableOccurrence(NamedTuple):
    """Where a statutory table stands in a document, or that it doesn't."""

    document_id: DocumentId
    table_key: TableKey
    table_no: TableNo
    title: Annotated[str | None, Column("表名", "Title as printed", "原文表名")]
    status: Annotated[str, Column("状态", "Whether the table is there and holds figures", "有数据、空表或缺表", values=STATUSES)]
    first_line: Annotated[int | None, Column("首行", "First line in the document", "起始行号")]
    last_line: Annotated[int | None, Column("末行", "Last line in the document", "结束行号")]
    page_no: PageNo = None


PASSAGES = {
    "three_public": "“三公”经费", "operating_expenses": "机关运行经费", "procurement": "政府采购", "state_assets": "国有资产",
    "performance": "预算绩效", "state_capital": "国有资本经营预算", "government_fund": "政府性基金预算",
    "basic_expenditure": "基本支出", "general_public": "一般公共预算", "fiscal_appropriation": "财政拨款", "overview": "收支总体",
    "revenue": "收入", "expenditure": "支出", "other": "其他",
}  # fmt: skip
CLAIM_BASES = {"": "本年预算", "budget": "年初预算", "actual": "决算", "prior_year": "上年"}
CONTENTS_STATUSES = {"printed": "已印", "missing": "未印", "uncertain": "不能确定"}


@table("contents_tables", "目录所列报表", "One row per statutory table that the contents (目录) of a document name, and whether it is printed",
       "文件目录所列的每张法定报表一行，注明正文是否印有", key="document_id line_no", references=IN_DOCUMENT)  # fmt: skip
class ContentsTable(NamedTuple):
    """A table that the contents of a document name."""

    document_id: DocumentId
    line_no: LineNo
    title: Annotated[str, Column("表名", "Title as the contents print it, without its page", "目录所印表名，不含页码")]
    table_key: Annotated[str, Column("报表代号", "Statutory table that the title names", "表名所指的法定报表", values=TABLE_NAMES)]
    status: Annotated[str, Column("状态", "Whether the document prints it", "正文是否印有", values=CONTENTS_STATUSES)]
    reason: Annotated[str | None, Column("原因", "Why that can't be told, in English and Chinese", "不能确定的原因（英文与中文）", is_message=True)]
    page_no: PageNo = None


@table("contents_passages", "目录所列说明", "One row per passage of the explanations that the contents (目录) of a document name, and whether it is printed",
       "文件目录所列的每段情况说明一行，注明正文是否印有", key="document_id line_no", references=IN_DOCUMENT)  # fmt: skip
class ContentsPassage(NamedTuple):
    """A passage that the contents of a document name."""

    document_id: DocumentId
    line_no: LineNo
    title: Annotated[str, Column("标题", "Heading as the contents print it, without its page", "目录所印标题，不含页码")]
    passage: Annotated[str, Column("说明主题", "What the heading is about", "标题所指的主题", values=PASSAGES)]
    status: Annotated[str, Column("状态", "Whether the document prints it", "正文是否印有", values=CONTENTS_STATUSES)]
    reason: Annotated[str | None, Column("原因", "Why that can't be told, in English and Chinese", "不能确定的原因（英文与中文）", is_message=True)]
    page_no: PageNo = None


MONEY_UNIT_FROM = {"table": "表内", "column": "栏目", "document": "全文", "": "未注明"}

PrintedTableNo = Annotated[int, Column("印表序号", "Table of the document, in order of print", "文件中的第几张表，按印出顺序")]
MoneyUnit = Annotated[str | None, Column("金额单位", "Unit of money as printed, NULL where none is", "原文金额单位，未注明者为空")]
Heading = Annotated[str, Column("栏目", "Heading of the column with those above it, joined by /", "栏目名称及其上级栏目，以 / 相连")]


@table("printed_tables", "印出表格", "One row per table as it is printed, of whatever kind, whether or not its meaning is known",
       "文件中印出的每张表一行，无论含义是否识别", key="document_id printed_table_no", references=IN_DOCUMENT,
       checks=("first_line <= last_line",))  # fmt: skip
class PrintedTable(NamedTuple):
    """A table as printed."""

    document_id: DocumentId
    printed_table_no: PrintedTableNo
    title: Annotated[str, Column("表名", "Title as printed, empty where none is", "原文表名，未印者为空")]
    money_unit: MoneyUnit
    money_unit_from: Annotated[str, Column("单位来源", "Where the unit of money was found", "金额单位的出处", values=MONEY_UNIT_FROM)]
    first_line: FirstLine
    last_line: LastLine
    row_count: Annotated[int, Column("行数", "Rows below the header", "表头以下的行数", "rows")]
    column_count: Annotated[int, Column("栏数", "Columns", "栏数", "columns")]
    table_key: Annotated[str | None, Column("报表代号", "Statutory table that it is, NULL where that is not known", "对应的法定报表，未识别者为空", values=TABLE_NAMES)]
    reason: Annotated[str | None, Column("未识别原因", "Why its meaning is not known, or in part only", "含义未识别或部分未识别的原因", is_message=True)]
    page_no: PageNo = None


@table("printed_cells", "印出单元格", "One row per cell with content below the header of a table, whether or not its meaning is known",
       "印出表格表头以下的每个有内容的单元格一行", key="document_id printed_table_no row_no column_no",
       references={"document_id printed_table_no": "printed_tables"})  # fmt: skip
class PrintedCell(NamedTuple):
    """A cell of a table as printed."""

    document_id: DocumentId
    printed_table_no: PrintedTableNo
    row_no: Annotated[int, Column("表内行次", "Row below the header, from 1", "表头以下第几行")]
    column_no: Annotated[int, Column("栏次", "Column, from 1", "第几栏，自左起")]
    heading: Heading
    code: Annotated[str, Column("编码", "Code of its row, empty where none is printed", "本行编码，未印者为空")]
    label: Annotated[str, Column("行名", "Label of its row, empty where none is printed", "本行名称，未印者为空")]
    text: Annotated[str, Column("原文", "The cell as printed", "单元格原文")]
    amount_yuan: Annotated[Decimal | None, Column("金额", "Amount, NULL unless it is a figure in a known unit of money", "金额；非金额或单位未知者为空", YUAN)]
    line_no: LineNo
    page_no: PageNo = None


@table("document_figures", "数字识别情况", "One row per document: what became of its printed figures", "每份文件一行：印出数字的识别情况",
       key="document_id", references=IN_DOCUMENT)  # fmt: skip
class DocumentFigures(NamedTuple):
    """How much of a document was understood, counted in figures of its tables, forms and prose."""

    document_id: DocumentId
    printed_count: Annotated[int, Column("印出数字", "Figures printed in tables and prose", "表格与文字中印出的数字个数", "figures")]
    meaning_count: Annotated[int, Column("已识别", "Of these, figures that became rows of a meaning", "其中含义已识别的个数", "figures")]
    printed_only_count: Annotated[int, Column("仅原样保留", "Of these, figures kept only as printed", "其中仅原样保留的个数", "figures")]
    not_understood_count: Annotated[int, Column("未识别", "Of these, figures that are in neither", "其中未识别的个数", "figures")]
    share: Annotated[float | None, Column("识别率", "Share of the printed figures that became rows of a meaning", "已识别数字占印出数字的比例", "fraction")]


@table("budget_lines", "预算明细", "One row per figure printed in a statutory table; is_total marks the rows that sum up others",
       "法定报表中印出的每个数字一行；合计行由“是否合计”标出，加总时应排除", key="document_id table_key row_no side measure heading",
       references={"document_id table_key": "table_occurrences", "document_id printed_table_no": "printed_tables"},
       checks=(f"item_level IS NULL OR length(item_code) = {codes.LENGTHS}[item_level]",))  # fmt: skip
class BudgetLine(NamedTuple):
    """A figure of a statutory table."""

    document_id: DocumentId
    table_key: TableKey
    table_no: TableNo
    row_no: Annotated[int, Column("表内行次", "Row of the table, from 1", "表内行次，自1起")]
    side: Annotated[str, Column("收支", "Side of a table that has both, revenue and expenditure, else empty", "收支表的收入方或支出方，其他表为空", values=SIDES, fiscal_type="direction")]
    item_code: Annotated[str, Column("科目编码", "Classification code, empty where none is printed: functional, in general_public_basic_expenditure economic, in government_fund_revenue of revenue", "科目编码，未印者为空：功能分类；一般公共预算基本支出表为经济分类，政府性基金预算收入表为收入分类", fiscal_type="functional-classification:generic:code")]
    item_name: Annotated[str, Column("科目名称", "Item or project as printed, without its ordinal", "科目或项目名称（原文，去序号）", fiscal_type="functional-classification:generic:label")]
    item_level: Annotated[int | None, Column("科目级次", "1 类, 2 款, 3 项; NULL without a code", "1类 2款 3项，无编码者为空")]
    is_total: Annotated[bool, Column("是否合计", "The row sums up other rows of its table", "该行为其他行之和")]
    measure: Annotated[str, Column("指标口径", "Column of the table", "所在栏次", values=MEASURES, fiscal_type="value-kind:code")]
    amount_yuan: AmountYuan
    amount_text: AmountText
    placed_by: Annotated[str, Column("定栏依据", "How the column of the figure was decided", "该数字所属栏次的依据", values=PLACED_BY)]  # fmt: skip
    read_by: ReadBy
    confidence: Confidence
    line_no: LineNo
    page_no: PageNo = None
    printed_table_no: Annotated[int | None, Column("印表序号", "Table of the document as printed", "文件中的第几张表")] = None
    heading: Annotated[str, Column("栏目", "Heading of the column as printed, empty where the layout shows none", "栏目原文，版面无法确定者为空")] = ""
    organisation: Annotated[str | None, Column("所属单位", "Unit that the row belongs to, where a department's table prints several", "部门报表中该行所属的单位")] = None
    money_unit: MoneyUnit = None


@table("economic_crosswalk", "经济分类对照", "One row per item of general_public_basic_expenditure: departmental and governmental economic classification",
       "基本支出表中部门预算与政府预算支出经济分类的对照，每科目一行", key="document_id row_no",
       references=IN_DOCUMENT)  # fmt: skip
class EconomicCrosswalk(NamedTuple):
    """The governmental item that a departmental economic item belongs to."""

    document_id: DocumentId
    row_no: Annotated[int, Column("表内行次", "Row of the table, as in budget_lines", "表内行次，同预算明细")]
    departmental_item: Annotated[str, Column("部门经济科目", "Departmental economic item", "部门预算支出经济科目", fiscal_type="economic-classification:generic:code:departmental")]
    governmental_item: Annotated[str, Column("政府经济科目", "Governmental economic item", "政府预算支出经济科目", fiscal_type="economic-classification:generic:code:governmental")]
    line_no: LineNo
    page_no: PageNo = None


@table("projects", "项目", "One row per project of current_year_projects and carry_over_projects", "项目支出预算表中的项目，每个一行",
       key="document_id project_no", references=IN_DOCUMENT,
       checks=("name_similarity BETWEEN 0 AND 1", "(form_no IS NULL) = (name_similarity IS NULL)"))  # fmt: skip
class Project(NamedTuple):
    """A project with its budget."""

    document_id: DocumentId
    project_no: Annotated[int, Column("项目序号", "Order of the project in both tables of projects", "项目序号，两张项目支出表连续编号")]
    project_name: ProjectName
    funding: Annotated[str, Column("资金年度", "This year's budget or carried over", "本年预算或上年结转", values=FUNDING_YEARS, fiscal_type="value-kind:code")]
    amount_yuan: AmountYuan
    form_no: Annotated[int | None, Column("目标表序号", "Its performance form, NULL if none", "对应的绩效目标表")]
    name_similarity: Annotated[float | None, Column("名称相似度", "Likeness of both names, 0 to 1", "与目标表名称的相似度", "fraction")]  # fmt: skip
    line_no: LineNo
    page_no: PageNo = None


# ---------------------------------------------------------------------------------------------------------
# Performance forms

PERIOD, ANNUAL = "period", "annual"
HORIZONS = {PERIOD: "实施期", ANNUAL: "年度"}  # in the order of the halves of a form
SOURCES = {"total": "总额", "central": "中央财政资金", "provincial": "省级财政资金",
           "municipal": "市县（区）财政资金", "self_raised": "单位自筹", "other": "其他资金", "fiscal": "财政拨款",
           "carry_over": "上年结转", "local": "地方资金", "general_public": "一般公共预算", "government_fund": "政府性基金",
           "state_capital": "国有资本经营预算", "special_account": "财政专户管理资金", "unit_funds": "单位资金",
           "basic": "基本支出", "project": "项目支出"}  # fmt: skip
BUDGETED = "budget"
FUNDING_BASES = {BUDGETED: "预算", "adjusted_budget": "全年预算", "actual": "执行"}
PROJECT_GOALS, SELF_EVALUATION = "project_goals", "self_evaluation"
WHOLE_DEPARTMENT_GOALS, TRANSFER_GOALS = "whole_department_goals", "transfer_goals"
FORM_KINDS = {PROJECT_GOALS: "项目绩效目标", SELF_EVALUATION: "绩效自评", WHOLE_DEPARTMENT_GOALS: "整体支出绩效目标",
              TRANSFER_GOALS: "转移支付绩效目标"}  # fmt: skip
COMPARATORS = {">=": "不低于", "<=": "不高于", ">": "高于", "<": "低于", "=": "等于"}
VALUE_KINDS = {"quantity": "数量", "percentage": "百分比", "money": "金额", "date": "日期", "duration": "时长",
               "qualitative": "定性"}  # fmt: skip

Horizon = Annotated[str, Column("时限", "Whole period or this year", "实施期或年度", values=HORIZONS)]
IN_FORM = {"document_id form_no": "performance_forms"}


@table("performance_forms", "绩效目标表", "One row per performance form, however often it is printed",
       "每张绩效目标表或自评表一行，重复印刷的只计一次", key="document_id form_no", references=IN_DOCUMENT,
       checks=("printing_count >= 1",))  # fmt: skip
class PerformanceForm(NamedTuple):
    """The performance form of a project, a transfer or a whole department, merged from its printings."""

    document_id: DocumentId
    form_no: FormNo
    project_name: ProjectName
    department_code: Annotated[str | None, Column("主管部门代码", "Code of the department", "主管部门代码", fiscal_type="administrative-classification:generic:level1:code")]
    department_name: Annotated[str | None, Column("主管部门", "Department in charge", "主管部门", fiscal_type="administrative-classification:generic:level1:label")]
    implementing_unit: Annotated[str | None, Column("实施单位", "Implementing unit", "实施单位")]
    property: Annotated[str | None, Column("项目属性", "Recurring, continued or one-off, as printed", "项目属性（原文）")]
    period_text: Annotated[str | None, Column("项目期", "Project period as printed", "项目期（原文）")]
    period_years: Annotated[int | None, Column("项目期年数", "Project period in years", "项目期年数", "years")]
    period_total_yuan: Annotated[Decimal | None, Column("实施期资金总额", "Funds of the whole period", "实施期资金总额", YUAN)]  # fmt: skip
    period_total_text: Annotated[str | None, Column("实施期资金总额原文", "The same as printed, 7E+06 too", "实施期资金总额（原文，含科学计数）")]  # fmt: skip
    period_total_is_exact: Annotated[bool | None, Column("实施期总额是否精确", "False for scientific notation that lost digits", "科学计数丢失精度者为否")]  # fmt: skip
    annual_total_yuan: Annotated[Decimal | None, Column("年度资金总额", "Funds of this year", "年度资金总额", YUAN)]
    overview: Annotated[str | None, Column("项目概况", "Overview", "项目概况")]
    basis: Annotated[str | None, Column("立项依据", "Legal basis", "立项依据")]
    necessity: Annotated[str | None, Column("设立必要性", "Why the project is needed", "项目设立必要性")]
    safeguards: Annotated[str | None, Column("保证措施", "Rules and measures that safeguard it", "保证项目实施的制度、措施")]
    schedule: Annotated[str | None, Column("实施计划", "Schedule", "项目实施计划")]
    period_goal: Annotated[str | None, Column("实施期目标", "Goal of the whole period", "实施期总体目标")]
    annual_goal: Annotated[str | None, Column("年度目标", "Goal of this year", "年度总体目标")]
    filed_on: Annotated[datetime.date | None, Column("填报日期", "Date of filing, NULL when unreadable", "填报日期，无法辨认者为空")]  # fmt: skip
    filed_on_text: Annotated[str | None, Column("填报日期原文", "The same as printed", "填报日期（原文）")]
    printing_count: Annotated[int, Column("印刷次数", "How often the form is printed", "重复印刷次数", "printings")]
    first_line: FirstLine
    last_line: LastLine
    page_no: PageNo = None
    form_kind: Annotated[str, Column("目标表类别", "What kind of form it is", "目标表类别", values=FORM_KINDS)] = PROJECT_GOALS
    category: Annotated[str | None, Column("项目类别", "Category of the project as printed", "项目类别（原文）")] = None
    starts_on: Annotated[datetime.date | None, Column("开始日期", "Planned first day", "计划开始日期")] = None
    ends_on: Annotated[datetime.date | None, Column("完成日期", "Planned last day", "计划完成日期")] = None
    annual_result: Annotated[str | None, Column("目标完成情况", "What became of this year's goal", "年度总体目标实际完成情况")] = None
    score: Annotated[float | None, Column("自评总分", "Points of the whole self-evaluation", "自评总分", "points")] = None


@table("form_tasks", "整体目标表任务", "One row per task of the year in the form of a whole department",
       "部门整体支出绩效目标表的每项年度任务一行", key="document_id form_no task_no", references=IN_FORM)  # fmt: skip
class FormTask(NamedTuple):
    """A task of the year with the money for it."""

    document_id: DocumentId
    form_no: FormNo
    task_no: Annotated[int, Column("任务序号", "Order within the form", "任务序号")]
    task: Annotated[str, Column("任务名称", "Name of the task", "任务名称")]
    content: Annotated[str | None, Column("主要内容", "What is done", "主要内容")]
    amount_yuan: Annotated[Decimal | None, Column("预算金额", "Money for the task", "预算金额", YUAN)]
    fiscal_yuan: Annotated[Decimal | None, Column("财政拨款", "Of it fiscal appropriation", "其中：财政拨款", YUAN)]
    other_yuan: Annotated[Decimal | None, Column("其他资金", "Of it other money", "其中：其他资金", YUAN)]
    amount_text: Annotated[str | None, Column("金额原文", "The money for the task as printed", "金额（原文）")]
    line_no: LineNo
    page_no: PageNo = None


@table("form_printings", "目标表印次", "One row per printing of a form", "绩效目标表的每次印刷一行",
       key="document_id form_no printing_no", references=IN_FORM, checks=("first_line <= last_line",))  # fmt: skip
class FormPrinting(NamedTuple):
    """Where a form is printed, and once more."""

    document_id: DocumentId
    form_no: FormNo
    printing_no: Annotated[int, Column("印次", "Printing of the form, from 1", "第几次印刷")]
    first_line: FirstLine
    last_line: LastLine
    page_no: PageNo = None


@table("form_funding", "目标表资金", "One row per amount in a form's funding grid", "绩效目标表资金栏的每个金额一行",
       key="document_id form_no horizon source basis", references=IN_FORM)  # fmt: skip
class FormFunding(NamedTuple):
    """An amount of a form's funding grid."""

    document_id: DocumentId
    form_no: FormNo
    horizon: Horizon
    source: Annotated[str, Column("资金来源", "Source of the money", "资金来源", values=SOURCES, fiscal_type="fin-source:generic:code")]
    amount_yuan: AmountYuan
    amount_text: AmountText
    line_no: LineNo
    page_no: PageNo = None
    basis: Annotated[str, Column("金额口径", "Budget, or what a self-evaluation prints beside it", "预算，或自评表所列全年预算、执行数", values=FUNDING_BASES)] = BUDGETED


@table("indicators", "绩效指标", "One row per indicator and horizon", "每项指标每个时限一行",
       key="document_id form_no horizon indicator_no", references=IN_FORM,
       checks=("value_min IS NULL OR value_max IS NULL OR value_min <= value_max",))  # fmt: skip
class Indicator(NamedTuple):
    """What a project promises, as printed and as parsed."""

    document_id: DocumentId
    form_no: FormNo
    indicator_no: Annotated[int, Column("指标序号", "Order within form and horizon", "指标序号")]
    horizon: Horizon
    level1: Annotated[str, Column("一级指标", "Level-1 indicator", "一级指标")]
    level2: Annotated[str, Column("二级指标", "Level-2 indicator", "二级指标")]
    level3: Annotated[str, Column("三级指标", "Level-3 indicator: what is measured", "三级指标")]
    value_text: Annotated[str, Column("指标值", "Target value as printed", "指标值（原文）")]
    comparator: Annotated[str | None, Column("比较符", "How the value is meant", "比较符", values=COMPARATORS)]
    value_min: Annotated[float | None, Column("下限", "Lowest value that meets the target", "下限")]
    value_max: Annotated[float | None, Column("上限", "Highest value that meets the target", "上限")]
    unit: Annotated[str | None, Column("计量单位", "Unit of the value", "计量单位")]
    value_kind: Annotated[str, Column("指标值类型", "What kind of value it is", "指标值类型", values=VALUE_KINDS)]
    is_truncated: Annotated[bool, Column("是否截断", "The print cut the name or the value", "原文名称或指标值被截断")]
    line_no: LineNo
    page_no: PageNo = None
    weight: Annotated[float | None, Column("权重", "Points or per cent that the indicator counts, as printed", "分值或权重（原文数值）")] = None
    actual_text: Annotated[str | None, Column("实际完成值", "What was attained, as printed", "实际完成值（原文）")] = None
    score: Annotated[float | None, Column("得分", "Points attained", "自评得分", "points")] = None
    deviation_reason: Annotated[str | None, Column("偏差原因", "Why the target was missed and what is done about it", "偏差原因及改进措施")] = None
    level3_full: Annotated[str, Column("三级指标全称", "The name, one that the print cut completed from the other half where only one fits", "三级指标全称：被截断者据另一栏补全，仅限唯一相符者")] = ""
    full_line_no: Annotated[int | None, Column("全称行号", "Line where a name that is cut stands whole", "补全所据的行号")] = None


@table("cost_components", "费用构成", "One row per top-level part of a project's cost that its overview states",
       "项目概况中列明的费用构成（顶层），每项一行", key="document_id form_no component_no", references=IN_FORM)  # fmt: skip
class CostComponent(NamedTuple):
    """A part of a project's cost."""

    document_id: DocumentId
    form_no: FormNo
    component_no: Annotated[int, Column("费用序号", "Order within the overview", "在项目概况中的顺序")]
    label: Annotated[str, Column("费用项", "What the money is for", "费用名称")]
    amount_yuan: AmountYuan
    line_no: LineNo
    page_no: PageNo = None


@table("cost_breakdowns", "费用明细", "One row per amount of an overview that is broken down into amounts",
       "项目概况中列有明细的金额，每笔一行", key="document_id form_no breakdown_no", references=IN_FORM)  # fmt: skip
class CostBreakdown(NamedTuple):
    """An amount and the amounts that it consists of."""

    document_id: DocumentId
    form_no: FormNo
    breakdown_no: Annotated[int, Column("明细序号", "Order within the overview", "在项目概况中的顺序")]
    label: Annotated[str, Column("费用项", "What the money is for", "费用名称")]
    amount_yuan: AmountYuan
    parts_yuan: Annotated[Decimal, Column("明细之和", "Sum of the parts", "各项明细之和", YUAN)]
    parts_text: Annotated[str, Column("明细原文", "The parts as printed", "各项明细（原文）")]
    is_open: Annotated[bool, Column("是否列举", "The parts named are some of all: 主要包括, 等", "仅列举主要部分，如主要包括、等")]
    line_no: LineNo
    page_no: PageNo = None


@table("printing_contradictions", "印次矛盾", "One row per thing of a form that two of its printings state differently",
       "同一绩效目标表重复印刷而内容不一之处，每处一行", key="document_id form_no contradiction_no", references=IN_FORM)  # fmt: skip
class PrintingContradiction(NamedTuple):
    """What one printing of a form says and another says otherwise."""

    document_id: DocumentId
    form_no: FormNo
    contradiction_no: Annotated[int, Column("矛盾序号", "Order within the form", "在该表中的顺序")]
    subject: Annotated[str, Column("主体", "Field of the form, horizon and source of an amount, or indicator", "栏目、资金时限与来源，或指标名称")]
    kept_text: Annotated[str, Column("采用文字", "What the other tables hold", "其他各表所采用的文字")]
    other_text: Annotated[str, Column("另一文字", "What stands elsewhere", "他处所印文字")]
    kept_line_no: Annotated[int, Column("采用行号", "Line of what is kept", "采用文字所在行")]
    line_no: LineNo
    page_no: PageNo = None


@table("arrears", "应付未付", "One row per form whose money pays for earlier years' work",
       "用于支付以前年度工作的项目资金，每表一行", key="document_id form_no", references=IN_FORM)  # fmt: skip
class Arrears(NamedTuple):
    """Money of this year for earlier years' work."""

    document_id: DocumentId
    form_no: FormNo
    amount_yuan: AmountYuan
    sentence: Annotated[str, Column("原句", "The sentence that says it", "原文语句")]
    line_no: LineNo
    page_no: PageNo = None


# ---------------------------------------------------------------------------------------------------------
# Prose and annexes

CLAIM_KINDS = {
    "amount": "金额", "share": "占比", "delta": "增减额", "growth": "增减率", "count": "数量", "completion": "完成率",
}  # fmt: skip
AGAINST_BUDGET = {"more": "大于", "less": "小于", "equal": "等于"}
COMPARISONS = {"": "", "prior_year": "上年", "budget": "年初预算"}


@table("claims", "文字陈述", "One row per figure that the prose states", "文字说明中陈述的每个数字一行",
       key="document_id claim_no", references=IN_DOCUMENT,
       checks=("NOT is_implied OR (kind = 'delta' AND value = 0)",))  # fmt: skip
class Claim(NamedTuple):
    """A figure of the prose."""

    document_id: DocumentId
    claim_no: Annotated[int, Column("陈述序号", "Order in the document", "陈述序号")]
    section: Annotated[str, Column("章节", "Number of its heading as printed, '' for none", "所在章节的序号（原文）")]
    subject: Annotated[str, Column("主体", "What the figure is about", "陈述对象")]
    kind: Annotated[str, Column("类别", "What the figure is", "类别", values=CLAIM_KINDS)]
    value: Annotated[Decimal, Column("数值", "The figure as printed, signed for delta and growth", "数值（原文，增减带符号）", sql_type=NUMBER)]
    unit: Annotated[str, Column("单位", "Unit as printed", "原文单位")]
    amount_yuan: Annotated[Decimal | None, Column("金额", "The same for money", "折合金额", YUAN)]
    is_implied: Annotated[bool, Column("是否推定", "A comparison without a figure: 与上年持平", "未写数字的比较，如与上年持平")]
    step: Annotated[Decimal, Column("末位单位", "One unit of the last printed place: yuan for money, else as the unit; 0 if implied", "所印数字末位的单位量：金额为元，其余同单位；推定者为0", sql_type=NUMBER)]
    sentence: Annotated[str, Column("原句", "The sentence that states it", "原文语句")]
    line_no: LineNo
    page_no: PageNo = None
    passage: Annotated[str, Column("段落", "What its passage is about, by the words of its heading", "所在段落的主题（据标题文字）", values=PASSAGES)] = "other"
    basis: Annotated[str, Column("口径", "Budget or final accounts of the year, or the year before; '' for a budget's own year", "年初预算、决算或上年；预算本年为空", values=CLAIM_BASES)] = ""
    compared_with: Annotated[str, Column("比较基数", "What a change is a change from, '' for what is none", "增减所比的基数，非增减为空", values=COMPARISONS)] = ""
    share_of: Annotated[str, Column("占比基数", "What a share is said to be of, '' where that is not said and for what is none", "文字所述占比的对象，未述及非占比为空")] = ""
    against_budget: Annotated[str | None, Column("与预算比较", "What the prose says of an actual amount beside its budget (决算数大于预算数), NULL where it says nothing", "文字所述决算数与预算数的大小，未述为空", values=AGAINST_BUDGET)] = None
    item_code: Annotated[str | None, Column("科目编码", "Code of the functional item that the subject is", "所述功能分类科目的编码")] = None
    item_name: Annotated[str | None, Column("科目名称", "Name of that item", "所述功能分类科目的名称")] = None
    reason: Annotated[str | None, Column("原因", "The explanation that stands with it: 主要原因是…", "文中说明的原因")] = None
    in_reason: Annotated[bool, Column("在原因中", "It stands in an explanation itself", "数字在原因说明之中")] = False


@table("purchase_directory", "购买服务目录", "One row per entry of the 政府购买服务指导性目录", "政府购买服务指导性目录的每个条目一行",
       key="document_id entry_no", references=IN_DOCUMENT)  # fmt: skip
class PurchaseDirectoryEntry(NamedTuple):
    """A service that the unit may purchase."""

    document_id: DocumentId
    entry_no: Annotated[int, Column("条目序号", "Order within the directory", "在目录中的顺序")]
    code: Annotated[str, Column("代码", "Deepest code printed", "最末级代码")]
    level1: Annotated[str, Column("一级目录", "Level 1", "一级目录")]
    level2: Annotated[str, Column("二级目录", "Level 2", "二级目录")]
    level3: Annotated[str, Column("三级目录", "Level 3", "三级目录")]
    level4: Annotated[str, Column("四级目录", "Level 4", "四级目录")]
    line_no: LineNo
    page_no: PageNo = None


@table("glossary_terms", "名词解释", "One row per entry of 名词解释", "名词解释的每个条目一行",
       key="document_id line_no", references=IN_DOCUMENT)  # fmt: skip
class GlossaryTerm(NamedTuple):
    """A term that the document explains."""

    document_id: DocumentId
    term: Annotated[str, Column("名词", "Term", "名词")]
    definition: Annotated[str, Column("解释", "Definition as printed", "解释（原文）")]
    line_no: LineNo
    page_no: PageNo = None


HEADCOUNTS = {"posts": "编制", "administrative_posts": "行政编制", "attached_posts": "行政附属编制", "institution_posts": "事业编制",
              "worker_posts": "工勤编制", "all_people": "在职和离退休", "in_service": "在职", "retired_all": "离退休", "retired_cadres": "离休", "retired": "退休",
              "contract": "编外聘用"}  # fmt: skip
ASSETS = {"vehicles": "车辆", "vehicle_posts": "公务用车编制", "vehicles_of_kind": "分类车辆", "area": "房屋面积", "equipment": "大型设备"}
ASSET_STATUSES = {"held": "现有", "planned": "计划购置"}
ORGANISATIONS = {"internal": "内设机构", "subordinate": "所属单位"}


@table("organisations", "机构", "One row per part of a unit that its document lists", "文件列出的内设机构和所属单位，每个一行",
       key="document_id organisation_no", references=IN_DOCUMENT)  # fmt: skip
class Organisation(NamedTuple):
    """A division of a unit, or a unit below it."""

    document_id: DocumentId
    organisation_no: Annotated[int, Column("机构序号", "Order in the document", "在文件中的顺序")]
    kind: Annotated[str, Column("机构类别", "Division or unit below", "内设机构或所属单位", values=ORGANISATIONS)]
    name: Annotated[str, Column("机构名称", "Name as printed", "机构名称（原文）")]
    line_no: LineNo
    page_no: PageNo = None


@table("duties", "职责", "One row per duty of a unit that its document lists", "文件列出的主要职责，每条一行",
       key="document_id duty_no", references=IN_DOCUMENT)  # fmt: skip
class Duty(NamedTuple):
    """What a unit is there for."""

    document_id: DocumentId
    duty_no: Annotated[int, Column("职责序号", "Order in the document", "在文件中的顺序")]
    text: Annotated[str, Column("职责", "The duty as printed, without its ordinal", "职责（原文，不含序号）")]
    line_no: LineNo
    page_no: PageNo = None


@table("headcounts", "人员", "One row per number of posts or people that the prose states", "情况说明中的编制和人员数，每个一行",
       key="document_id headcount_no", references=IN_DOCUMENT)  # fmt: skip
class Headcount(NamedTuple):
    """How many posts a unit has, or people in service and retired."""

    document_id: DocumentId
    headcount_no: Annotated[int, Column("人员序号", "Order in the document", "在文件中的顺序")]
    kind: Annotated[str, Column("人员类别", "Posts or people", "编制或人员类别", values=HEADCOUNTS)]
    label: Annotated[str, Column("人员名称", "What is counted, as printed", "所计人员（原文）")]
    people: Annotated[int, Column("人数", "How many", "人数", "people")]
    sentence: Annotated[str, Column("原句", "The sentence that says it", "原文语句")]
    line_no: LineNo
    page_no: PageNo = None


@table("assets", "资产", "One row per number of vehicles, large equipment or area of buildings that the prose states",
       "情况说明中的车辆、大型设备数和房屋面积，每个一行", key="document_id asset_no", references=IN_DOCUMENT)  # fmt: skip
class Asset(NamedTuple):
    """Vehicles, buildings or equipment that a unit has or is going to buy."""

    document_id: DocumentId
    asset_no: Annotated[int, Column("资产序号", "Order in the document", "在文件中的顺序")]
    kind: Annotated[str, Column("资产类别", "What kind of asset", "资产类别", values=ASSETS)]
    label: Annotated[str, Column("资产名称", "What is counted, as printed", "所计资产（原文）")]
    status: Annotated[str, Column("资产状态", "Held, or to be bought", "现有或计划购置", values=ASSET_STATUSES)]
    quantity: Annotated[float, Column("资产数量", "How many, or how large", "数量或面积")]
    unit: Annotated[str, Column("单位", "Unit as printed", "计量单位（原文）")]
    unit_price_from_yuan: Annotated[Decimal | None, Column("单价下限", "Price from which equipment is counted", "计入设备的单价下限", YUAN)]
    as_of: Annotated[datetime.date | None, Column("截止日期", "Day for which it is said", "截止日期")]
    sentence: Annotated[str, Column("原句", "The sentence that says it", "原文语句")]
    line_no: LineNo
    page_no: PageNo = None


PARTS = {"table": "报表", "form": "绩效目标表"}  # of a document, for lines that are in no section with a title


@table("unrecognised_lines", "未识别行", "One row per line with content that no reader understood",
       "有内容而未能识别的行，每行一行", key="document_id line_no", references=IN_DOCUMENT)  # fmt: skip
class UnrecognisedLine(NamedTuple):
    """A line that no reader understood."""

    document_id: DocumentId
    line_no: LineNo
    section: Annotated[str, Column("所在部分", "Part of the document", "所在部分")]
    reason: Annotated[str, Column("原因", "Why it was not understood", "原因", is_message=True)]
    page_no: PageNo = None


# ---------------------------------------------------------------------------------------------------------
# What codes mean

CLASSIFICATION_EVIDENCE = {"printed": "公开文件印出", "recalled": "未见印出"}
CLASSIFICATION_KINDS = {"functional": "支出功能分类", "departmental_economic": "部门预算支出经济分类",
                        "governmental_economic": "政府预算支出经济分类"}  # fmt: skip


@table("classification", "收支分类科目", "One row per code and name of the government's classification of expenditure",
       "政府支出分类科目，每个编码的每个名称一行", key="code name", checks=("first_year <= last_year",))  # fmt: skip
class ClassificationItem(NamedTuple):
    """A code with the name that it has in some fiscal years; the same in every database."""

    code: Annotated[str, Column("科目编码", "Classification code, as in budget_lines.item_code", "科目编码")]
    kind: Annotated[str, Column("分类", "Which classification", "所属分类", values=CLASSIFICATION_KINDS)]
    level: Annotated[int, Column("级次", "1 类, 2 款, 3 项", "1类 2款 3项")]
    name: Annotated[str, Column("科目名称", "Name in these years", "该期间的科目名称")]
    name_en: Annotated[str, Column("英文名称", "English name, a translation of this project", "英文名称（本项目译名，非官方）")]
    parent_code: Annotated[str | None, Column("上级编码", "Code of the level above, NULL for 类", "上级科目编码，类级为空")]
    first_year: Annotated[int | None, Column("起始年度", "First fiscal year of the name; NULL: earlier, or not established", "该名称启用年度；更早或未确定者为空")]
    last_year: Annotated[int | None, Column("终止年度", "Last fiscal year of the name; NULL: still in use, or not established", "该名称最后使用年度；仍在使用或未确定者为空")]
    rests_on: Annotated[str, Column("依据", "Whether a published document was seen to print code and name so, or they are from knowledge of the classification alone", "有公开文件如此印出，或仅凭对分类科目的了解", values=CLASSIFICATION_EVIDENCE)]


# ---------------------------------------------------------------------------------------------------------
# What follows from them

CHECK_STATUSES = {"pass": "相符", "rounding": "尾差", "fail": "不符", "missing": "缺数", "not_applicable": "不适用"}
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}

VERDICTS = {"accepted": "属实", "dismissed": "不予采纳"}
FAULTS_OF_REVIEWS = {"gone": "核对发现已不存在", "changed": "数字或说明已变动"}

CheckKey = Annotated[str, Column("核对代号", "What is compared; specs/checks says it in words", "核对事项代号")]
Target = Annotated[str, Column("核对对象", "The figure or thing that is checked, '' where the document has none", "核对的数字或事项，无则为空")]
FindingId = Annotated[str, Column("发现编号", "By which the result is cited: made of document, check and target, so that it stays in every build of the document", "引用编号：由文件、核对事项和核对对象得出，每次构建不变")]
CheckStatus = Annotated[str, Column("结果", "How it came out", "核对结果", values=CHECK_STATUSES)]
Severity = Annotated[str, Column("严重程度", "How much a finding weighs", "严重程度", values=SEVERITIES)]
Stated = Annotated[Decimal | None, Column("所列数", "What is printed; money in yuan", "文件所列数，金额为元", sql_type=NUMBER)]
Computed = Annotated[Decimal | None, Column("推算数", "What follows from the other figures", "由其他数字推算之数", sql_type=NUMBER)]
Difference = Annotated[Decimal | None, Column("差额", "Stated minus computed", "所列数减推算数", sql_type=NUMBER)]
Tolerance = Annotated[Decimal | None, Column("容差", "Half a printed unit per term", "容差：每个数字印刷末位的一半之和", sql_type=NUMBER)]
MessageEnglish = Annotated[str, Column("说明_英文", "The arithmetic in English, money in 万元", "英文说明")]
MessageChinese = Annotated[str, Column("说明", "The arithmetic in Chinese, money in 万元", "说明，金额为万元")]
LineNos = Annotated[list[int], Column("所在行", "Lines where the figures stand", "相关数字所在行号")]
AtStakeYuan = Annotated[Decimal | None, Column("涉及金额", "Money by which a finding does not agree, or that it is about where nothing is compared, without sign; NULL where it is not about money", "不符金额的绝对值，无可比者为所涉金额，不涉及金额者为空", YUAN)]
ConsequenceOf = Annotated[str | None, Column("起因编号", "The finding about a figure from which this one's computed figure is made; NULL for a finding that stands alone", "推算所用数字本身即不符者，为该发现的编号；独立的发现为空")]
Verdict = Annotated[str, Column("复核结论", "What a reviewer decided", "复核结论", values=VERDICTS)]
ReviewReason = Annotated[str, Column("复核理由", "Why, in the reviewer's words", "复核理由")]


@table("check_results", "核对结果", "One row per document, check and target, passes too",
       "每份文件的每项核对、每个核对对象一行，相符者亦列出", key="document_id check_key target", references=IN_DOCUMENT,
       checks=("status <> 'pass' OR severity = 'info'",), is_derived=True, sorted_by="status")  # fmt: skip
class CheckResult(NamedTuple):
    """Something that a document states, beside what follows from its other figures. Money is in yuan."""

    document_id: DocumentId
    check_key: CheckKey
    target: Target
    finding_id: FindingId
    status: CheckStatus
    severity: Severity
    stated: Stated
    computed: Computed
    difference: Difference
    tolerance: Tolerance
    message: MessageEnglish
    message_zh: MessageChinese
    line_nos: LineNos
    at_stake_yuan: AtStakeYuan = None
    consequence_of: ConsequenceOf = None


@view("findings", "核对发现", "The check results that are not passes: contradictions and rounding, worst first, with what reviewers decided",
      "不相符的核对结果（不符与尾差）及复核结论，严重者在前", references=IN_DOCUMENT)  # fmt: skip
class Finding(NamedTuple):
    """A check result that is no pass, with its review. Money is in yuan."""

    document_id: DocumentId
    check_key: CheckKey
    target: Target
    finding_id: FindingId
    status: CheckStatus
    severity: Severity
    stated: Stated
    computed: Computed
    difference: Difference
    tolerance: Tolerance
    message: MessageEnglish
    message_zh: MessageChinese
    line_nos: LineNos
    at_stake_yuan: AtStakeYuan = None
    consequence_of: ConsequenceOf = None
    verdict: Annotated[str | None, Column("复核结论", "What a reviewer decided, NULL before that or where it is out of date", "复核结论，未复核或复核已失效者为空", values=VERDICTS)] = None
    review_reason: Annotated[str | None, Column("复核理由", "Why, in the reviewer's words", "复核理由")] = None


@view("seen_in_documents", "文件所见科目", "One row per code and name that the loaded documents print, beside the name that the classification has for it",
      "已载入文件印出的每个科目编码与名称一行，附分类科目中的名称", is_stored=True)  # fmt: skip
class SeenItem(NamedTuple):
    """A code with a name as documents print them, apart from the standard."""

    code: Annotated[str, Column("科目编码", "Classification code as printed", "原文科目编码")]
    name: Annotated[str, Column("科目名称", "Name as printed, one of those that differ in signs only", "原文科目名称，仅标点不同者取其一")]
    documents: Annotated[int, Column("文件数", "Documents that print it so", "如此印出的文件数", "documents")]
    units: Annotated[int, Column("单位数", "Units that print it so", "如此印出的单位数", "units")]
    first_year: Annotated[int | None, Column("最早年度", "Earliest fiscal year of these documents", "所见最早年度")]
    last_year: Annotated[int | None, Column("最晚年度", "Latest fiscal year of these documents", "所见最晚年度")]
    names_of_code: Annotated[int, Column("名称数", "Names that the documents print for the code, in all", "该编码在各文件中的名称数", "names")]
    standard_name: Annotated[str | None, Column("标准名称", "Name that the classification has for the code in the latest of these years, NULL where it has none", "分类科目中该编码在最晚年度的名称，无者为空")]
    is_standard: Annotated[bool | None, Column("是否标准名称", "Whether both are one name; NULL without a standard name", "与标准名称是否一致，无标准名称者为空")]


@view("not_compared", "未能核对", "One row per document and check of which some figures could not be compared, with the reason of the first",
      "每份文件中因缺数而未能核对的每项核对一行，附首处原因", references=IN_DOCUMENT)  # fmt: skip
class NotCompared(NamedTuple):
    """Comparisons that a check could not make in a document, as a figure is missing or unsure."""

    document_id: DocumentId
    check_key: CheckKey
    result_count: Annotated[int, Column("处数", "How many results are missing", "未能核对的处数", "results")]
    message: Annotated[str, Column("首处说明_英文", "What is missing in the first of them, in English", "首处缺数的英文说明")]
    message_zh: Annotated[str, Column("首处说明", "What is missing in the first of them, in Chinese", "首处缺数的说明")]
    line_nos: Annotated[list[int], Column("所在行", "Lines of the first", "首处相关数字所在行号")]


@table("reviews", "复核", "One row per finding that reviews.toml marks, as the last mark says", "reviews.toml 中标记的每个核对发现一行，以最后一次标记为准",
       key="finding_id", is_clean=False)  # fmt: skip
class Review(NamedTuple):
    """What a reviewer decided about a finding, and what the finding said then; NULL is not compared."""

    finding_id: FindingId
    verdict: Verdict
    reason: ReviewReason
    reviewed_by: Annotated[str | None, Column("复核人", "Who decided", "复核人")] = None
    reviewed_on: Annotated[datetime.date | None, Column("复核日期", "When", "复核日期")] = None
    stated: Annotated[Decimal | None, Column("复核时所列数", "The stated figure then", "复核时的所列数", sql_type=NUMBER)] = None
    computed: Annotated[Decimal | None, Column("复核时推算数", "The computed figure then", "复核时的推算数", sql_type=NUMBER)] = None
    message: Annotated[str | None, Column("复核时说明", "What the finding said in Chinese then, of one without figures", "复核时的说明，限于没有数字的发现")] = None


@view("stale_reviews", "失效复核", "One row per review that no longer applies: its finding is gone, or says something else now",
      "已失效的每条复核一行：核对发现已不存在，或所列内容已变动")  # fmt: skip
class StaleReview(NamedTuple):
    """A mark that decides nothing any more."""

    finding_id: FindingId
    verdict: Verdict
    reason: ReviewReason
    fault: Annotated[str, Column("失效原因", "Why it no longer applies", "失效原因", values=FAULTS_OF_REVIEWS)]


@table("corrections_applied", "更正记录", "One row per amount that `build --corrected` changed; empty otherwise",
       "`build --corrected` 更正的每个金额一行，未要求更正时为空", key="document_id correction_no", references=IN_DOCUMENT)  # fmt: skip
class CorrectionApplied(NamedTuple):
    """An amount that was corrected; the printed text stays as it is."""

    document_id: DocumentId
    correction_no: Annotated[int, Column("更正序号", "Order of application", "更正序号")]
    table_name: Annotated[str, Column("数据表", "Table of the amount", "金额所在数据表")]
    line_no: LineNo
    column_name: Annotated[str, Column("列名", "Column of the amount", "金额所在列")]
    printed_yuan: Annotated[Decimal, Column("原文金额", "What the document prints", "原文金额", YUAN)]
    corrected_yuan: Annotated[Decimal, Column("更正金额", "What it was corrected to", "更正后的金额", YUAN)]
    reason: Annotated[str, Column("原因", "What went wrong", "错误原因")]
    evidence: Annotated[str, Column("依据", "Where the right figure stands", "更正依据")]


# ---------------------------------------------------------------------------------------------------------
# Analyses

DIMENSIONS = {"revenue_source": "收入来源", "expenditure_type": "支出类型", "function": "功能分类", "economic": "经济分类",
              "governmental_economic": "政府经济分类", "project": "项目", "three_public": "三公经费", "procurement": "政府采购"}  # fmt: skip
SHARE_BASES = {"revenue": "收入合计", "expenditure": "支出合计", "general_public": "一般公共预算支出",
               "current_general_public": "一般公共预算支出（不含上年结转）", "basic": "一般公共预算基本支出", "project": "项目支出合计",
               "three_public": "“三公”经费合计", "procurement": "政府采购合计", "office": "行政运行支出"}  # fmt: skip
KEY_SHARES = {"project": "项目支出", "procurement": "政府采购", "office_project": "行政运行中的项目支出", "office_in_project": "用于行政运行的项目支出",
              "personnel": "人员经费", "non_personnel": "公用经费"}  # fmt: skip
KEY_FIGURES = {"revenue": "收入总计", "expenditure": "支出总计", "basic": "基本支出", "project": "项目支出", "carry_over": "上年结转",
               "three_public": "“三公”经费", "operating_expenses": "机关运行经费"}  # fmt: skip
SCOPES = {"department": "部门", "unit": "单位", "": "未注明"}
PEER_MEASURES = {"expenditure": "支出总计", "three_public": "“三公”经费", "operating_expenses": "机关运行经费",
                 "expenditure_per_head": "人均支出", "basic_per_head": "人均基本支出", "operating_expenses_per_head": "人均机关运行经费",
                 "operating_expenses_per_square_metre": "每平方米机关运行经费", "vehicle_running_per_vehicle": "车均运行维护费"}  # fmt: skip
SERIES = KEY_FIGURES | {"item": "科目"}
BASES = {"stated": "文件自述", "documents": "两年文件对比"}
GROWTH_STEPS = {"prior_year": "上年", "carry_over": "上年结转", "arrears": "支付以前年度欠款", "staff": "人员", "running": "公用",
                "projects_begun": "新增项目", "projects_ended": "结束的项目", "projects_continued": "延续的项目", "projects": "项目",
                "unexplained": "未说明", "this_year": "本年", "like_for_like": "可比增减"}  # fmt: skip
CARRY_OVER_KINDS = {"carried_over": "上年结转", "arrears": "应付未付"}

FORM_STATUSES = {"with_form": "有绩效目标表", "without_form": "无绩效目标表", "no_forms": "文件未印绩效目标表"}
BALANCES = {"brought_in": "上年结转", "earlier_work": "本年资金用于以前年度工作", "earlier_work_prose": "文字说明所称应付未付",
            "carried_out": "年末结转"}  # fmt: skip
BALANCE_STATUSES = {"printed": "已列示", "not_printed": "未列示", "unclear": "多处列示，无法确定"}
BREAKDOWNS = {"function": "功能分类", "fund": "资金来源", "project": "项目", "origin_year": "形成年度"}
CARRY_OVER_PATTERNS = {"one_off_for_old_bills": "一次性项目只付旧账", "carried_without_form": "结转资金无绩效目标表",
                       "repeated_arrears": "连年应付未付"}  # fmt: skip
STATED_IN = {"form": "绩效目标表", "prose": "文字说明"}
NO_PRICE = {"kind": "计的是种类，不是产出", "land": "计的是土地面积，不是产出", "rate": "是平均数，不是总量", "no_money": "未列示年度资金",
            "arrears": "支付以前年度余款，已付金额未列明", "several": "项目有多项不同的产出"}  # fmt: skip
NO_CEILING = {"several": "单价另按天数等计算，数量未列明", "no_quantity": "该单位的数量未列示", "unlike": "同一单位计量不同事物",
              "several_prices": "同一单位有多个单价"}  # fmt: skip

ItemCode = Annotated[str, Column("科目编码", "Classification code, empty where there is none", "科目编码，没有者为空")]
ItemName = Annotated[str, Column("科目名称", "Item as printed", "科目名称（原文）")]
Scope = Annotated[str, Column("范围", "A department with its subordinate units, a single unit, or '' where the title does not say", "部门（含所属单位）或单位，标题未注明者为空", values=SCOPES)]
ShareBase = Annotated[str, Column("基数名称", "What the share is one of", "占比以什么为基数", values=SHARE_BASES)]
ParentName = Annotated[str | None, Column("上级科目", "Item of the level above as the table prints it, NULL for the topmost", "表中的上级科目名称，最上级为空")]


@view("key_figures", "关键数字", "One row per document and figure that is asked for first, where the document prints it",
      "每份文件最先要看的数字，文件列示者每个一行")  # fmt: skip
class KeyFigure(NamedTuple):
    """A figure that sums a document up."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    figure: Annotated[str, Column("数字", "What is summed up", "汇总对象", values=KEY_FIGURES)]
    amount_yuan: AmountYuan
    table_key: TableKey
    line_no: LineNo
    counts: Counts


@view("comparable_figures", "可比数字", "One row per document and figure that budgets and final accounts can be compared by",
      "预算与决算可以并列比较的数字，每份文件每个一行")  # fmt: skip
class ComparableFigure(NamedTuple):
    """A figure that sums a document up, without what final accounts leave over at the end of the year."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    figure: Annotated[str, Column("数字", "What is summed up", "汇总对象", values=KEY_FIGURES)]
    amount_yuan: AmountYuan
    table_key: TableKey
    line_no: LineNo
    counts: Counts


@view("composition", "构成分析", "One row per document, dimension and item: its share, beside the one that the prose states",
      "每份文件每个维度每个项目一行：占比及文件自述的占比", references=IN_DOCUMENT, is_stored=True)  # fmt: skip
class Composition(NamedTuple):
    """A part of the money and its share."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    dimension: Annotated[str, Column("维度", "What the money is divided by", "按什么划分", values=DIMENSIONS)]
    item_level: Annotated[int | None, Column("科目级次", "Level within the dimension; add up one level at a time", "维度内级次，加总时只取一级")]
    item_code: ItemCode
    item_name: ItemName
    parent_name: ParentName
    amount_yuan: AmountYuan
    base: ShareBase
    base_yuan: Annotated[Decimal | None, Column("基数", "Sum of the level, or the printed total if more than rounding parts them", "该级合计；与报表所列合计相差超过尾差的，取所列合计", YUAN)]
    share: Annotated[float | None, Column("占比", "Share of the base", "占基数的比重", "fraction")]
    cumulative_share: Annotated[float | None, Column("累计占比", "Share of this and all larger items", "由大到小的累计占比", "fraction")]
    stated_share: Annotated[float | None, Column("自述占比", "Share that the prose states", "文件自述的占比", "fraction")]
    agrees: Annotated[bool | None, Column("是否相符", "The stated share can be that of the amounts, rounded or cut at its last printed place", "自述占比按所印位数四舍五入或截断，与金额相符")]
    line_no: Annotated[int | None, Column("行号", "Line of the amount, NULL for a sum of several lines", "金额所在行，数行之和者为空")]
    stated_line_no: Annotated[int | None, Column("自述行号", "Line of the stated share", "自述占比所在行")]
    counts: Counts


@view("function_by_nature", "功能与性质", "One row per document and functional item: basic, project and carried-over money of it",
      "每份文件每个功能科目一行：其中的基本支出、项目支出与上年结转", references=IN_DOCUMENT)  # fmt: skip
class FunctionByNature(NamedTuple):
    """What is of one function, by its nature; NULL where that is not printed."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    item_level: Annotated[int | None, Column("科目级次", "1 类, 2 款, 3 项; add up one level at a time", "1类 2款 3项，加总时只取一级")]
    item_code: ItemCode
    item_name: ItemName
    parent_name: ParentName
    basic_yuan: Annotated[Decimal | None, Column("基本支出", "Of it, basic expenditure; NULL where not printed", "其中基本支出，未列示者为空", YUAN)]
    project_yuan: Annotated[Decimal | None, Column("项目支出", "Of it, project expenditure; NULL where not printed", "其中项目支出，未列示者为空", YUAN)]
    carry_over_yuan: Annotated[Decimal | None, Column("上年结转", "Of it, basic or project, carried over; NULL where not printed", "基本与项目支出中来自上年结转者，未列示者为空", YUAN)]
    total_yuan: Annotated[Decimal, Column("合计", "All expenditure of the item", "该科目支出合计", YUAN, fiscal_type="value")]
    basic_share: Annotated[float | None, Column("基本支出占比", "Basic expenditure over the total of the row", "基本支出占该行合计的比重", "fraction")]
    project_share: Annotated[float | None, Column("项目支出占比", "Project expenditure over the total of the row", "项目支出占该行合计的比重", "fraction")]
    carry_over_share: Annotated[float | None, Column("上年结转占比", "Carried-over money over the total of the row", "上年结转占该行合计的比重", "fraction")]
    line_no: LineNo
    counts: Counts


@view("key_shares", "关键占比", "One row per document and share that is asked for first, where the document prints both amounts",
      "每份文件最先要看的占比，两个金额均列示者每个一行", references=IN_DOCUMENT)  # fmt: skip
class KeyShare(NamedTuple):
    """A part and its whole, both printed."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    share_key: Annotated[str, Column("占比", "Which part", "所占部分", values=KEY_SHARES)]
    amount_yuan: AmountYuan
    base: ShareBase
    base_yuan: Annotated[Decimal, Column("基数", "The whole", "合计", YUAN)]
    share: Annotated[float | None, Column("占比数", "Share of the base", "占基数的比重", "fraction")]
    line_no: LineNo
    base_line_no: Annotated[int, Column("基数行号", "Line of the whole", "合计所在行")]
    counts: Counts


@view("growth", "增减分析", "One row per document, subject and basis: the change and its rate, beside the one that the prose states",
      "每份文件每个对象每种依据一行：增减额、增减率及文件自述的增减率", references=IN_DOCUMENT, is_stored=True)  # fmt: skip
class Growth(NamedTuple):
    """A change from the year before and its rate."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    subject: Annotated[str, Column("对象", "What changed: as the prose says or the table prints", "增减对象")]
    table_key: Annotated[str | None, Column("报表代号", "Table that two documents are compared by", "两份文件对比所用的报表", values=TABLE_NAMES)]
    item_code: ItemCode
    item_level: Annotated[int | None, Column("科目级次", "1 类, 2 款, 3 项; compare one level at a time", "1类 2款 3项，只在同一级内比较")]
    is_total: Annotated[bool | None, Column("是否合计", "The row of the table sums up others; NULL for what the prose states", "是否表中合计行，文字所述者为空")]
    current_yuan: Annotated[Decimal | None, Column("本年", "This year", "本年金额", YUAN, fiscal_type="value")]
    prior_yuan: Annotated[Decimal | None, Column("上年", "The year before: implied, or printed in its own document", "上年金额（推算或取自上年文件）", YUAN)]
    change_yuan: Annotated[Decimal | None, Column("增减额", "Change", "增减额", YUAN)]
    rate: Annotated[float | None, Column("增减率", "Change over the year before, NULL where that was nothing", "增减率，上年为零者为空", "fraction")]
    stated_rate: Annotated[float | None, Column("自述增减率", "Rate that the prose states", "文件自述的增减率", "fraction")]
    basis: Annotated[str, Column("依据", "What is compared", "比较依据", values=BASES)]
    agrees: Annotated[bool | None, Column("是否相符", "The stated rate can be that of the amounts, rounded or cut at its last printed place", "自述增减率按所印位数四舍五入或截断，与金额相符")]
    line_no: LineNo
    current_line_no: Annotated[int | None, Column("本年行号", "Line of this year's amount", "本年金额所在行")]
    stated_line_no: Annotated[int | None, Column("自述行号", "Line of the stated rate", "自述增减率所在行")]
    prior_document_id: Annotated[str | None, Column("上年文件编号", "The document of the year before, if it is compared", "用于对比的上年文件")]
    prior_line_no: Annotated[int | None, Column("上年行号", "Line of the figure in it", "上年文件中的行号")]
    is_repeated: Annotated[bool, Column("是否重复", "The same amount and change are stated of another subject before: one fact", "同一金额与增减已在前面以其他名称陈述，属同一事实")]
    counts: Counts


@view("growth_decomposition", "增减分解", "One row per document, basis and step from last year's total to this year's, and the like-for-like change",
      "每份文件每种依据每一步一行：由上年总额到本年总额，另有可比增减", references=IN_DOCUMENT, is_stored=True)  # fmt: skip
class GrowthStep(NamedTuple):
    """A step from last year's total to this year's."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    basis: Annotated[str, Column("依据", "What is compared", "比较依据", values=BASES)]
    step_no: Annotated[int, Column("步骤", "Order of the steps", "步骤顺序")]
    step: Annotated[str, Column("因素", "What the step is; unexplained is the rest of which the documents say no amount; like_for_like is no step but the change without carry-over and arrears", "增减因素；未说明为文件未写明金额的余额；可比增减不是步骤，为剔除结转与欠款后的增减", values=GROWTH_STEPS)]
    amount_yuan: Annotated[Decimal | None, Column("金额", "The total of prior_year and this_year, else the change; NULL where no amount is stated", "上年、本年为总额，其余为增减额；未写明金额者为空", YUAN, fiscal_type="value")]
    points: Annotated[float | None, Column("百分点", "Amount over last year's total", "金额与上年总额之比", "fraction")]
    stated_rate: Annotated[float | None, Column("自述增减率", "Rate that the prose states, beside this_year and like_for_like", "文件自述的增减率，列于本年与可比增减", "fraction")]
    has_prior: Annotated[bool | None, Column("上年数已知", "False where only this year's amount is known, so that the step is all of it; NULL for what is no step of an amount", "仅知本年数、以本年数为增减者为否；无金额者为空")]
    is_quantified: Annotated[bool, Column("是否量化", "An amount is printed or follows from printed ones", "金额列示或可由列示数得出")]
    of_appropriation: Annotated[bool | None, Column("属当年拨款", "Part of the change of this year's appropriation; NULL where that is not separable", "属当年拨款的增减，不能区分者为空")]
    reason: Annotated[str | None, Column("原因", "The reason that the document states", "文件说明的原因")]
    line_no: Annotated[int | None, Column("行号", "Line of the amount, or of the reason", "金额或原因所在行")]
    prior_document_id: Annotated[str | None, Column("上年文件编号", "The document of the year before, if it is compared", "用于对比的上年文件")]
    counts: Counts


@view("item_years", "历年支出", "One row per unit, year and item of expenditure: budgeted and spent",
      "每个单位每年每个支出科目一行：预算数与决算数")  # fmt: skip
class ItemYear(NamedTuple):
    """What was budgeted and spent on an item in a year; NULL where no document is there or it does not print the item."""

    unit_name: UnitName
    scope: Annotated[str, Column("口径", "Whom the documents cover: 部门 with its subordinate units or 单位, empty where they do not say", "文件所含范围：部门或单位，未说明者为空")]
    fiscal_year: FiscalYear
    item_level: Annotated[int | None, Column("科目级次", "1 类, 2 款, 3 项; NULL for the total", "1类 2款 3项，合计为空")]
    item_code: ItemCode
    item_name: ItemName
    budget_yuan: Annotated[Decimal | None, Column("预算数", "Of the budget as published", "公开的预算数", YUAN)]
    actual_yuan: Annotated[Decimal | None, Column("决算数", "Of the final accounts", "决算数", YUAN)]
    execution_rate: Annotated[float | None, Column("执行率", "Spent over budgeted, NULL where either is not printed", "决算数与预算数之比，任一未列示者为空", "fraction")]
    budget_document_id: Annotated[str | None, Column("预算文件编号", "Document of the budget", "预算所在文件")]
    budget_line_no: Annotated[int | None, Column("预算行号", "Line of it", "预算数所在行")]
    actual_document_id: Annotated[str | None, Column("决算文件编号", "Document of the final accounts", "决算所在文件")]
    actual_line_no: Annotated[int | None, Column("决算行号", "Line of it", "决算数所在行")]
    counts: Counts


@view("project_costs", "项目成本", "One row per project with a performance form: its money and how many indicators stand against it",
      "每个有绩效目标表的项目一行：资金与指标个数", references=IN_FORM, is_stored=True)  # fmt: skip
class ProjectCost(NamedTuple):
    """What a project costs, and what it promises for it."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    form_no: FormNo
    project_name: ProjectName
    property: Annotated[str | None, Column("项目属性", "Recurring, continued or one-off, as printed", "项目属性（原文）")]
    amount_yuan: Annotated[Decimal | None, Column("年度资金", "Funds of this year", "年度资金总额", YUAN, fiscal_type="value")]
    indicator_count: Annotated[int, Column("指标数", "Annual indicators", "年度指标个数", "indicators")]
    yuan_per_indicator: Annotated[Decimal | None, Column("每项指标金额", "Funds over indicators", "平均每项指标的资金", YUAN)]
    quantity_indicator_count: Annotated[int, Column("数量指标数", "Annual indicators of quantity", "年度数量指标个数", "indicators")]
    measurable_indicator_count: Annotated[int, Column("可衡量指标数", "Annual indicators with a number", "以数字表示的年度指标个数", "indicators")]
    arrears_yuan: Annotated[Decimal | None, Column("应付未付", "Of it for earlier years' work", "其中用于以前年度工作", YUAN)]
    much_money_few_indicators: Annotated[bool, Column("钱多指标少", "More money and fewer indicators than the median of the document's projects", "资金多于、指标少于本文件各项目的中位数")]
    line_no: LineNo
    amount_line_no: Annotated[int | None, Column("资金行号", "Line of the funds of this year", "年度资金所在行")]
    counts: Counts


@view("project_funding", "项目资金", "One row per project of the tables of projects, those without a performance form first",
      "项目支出预算表中的项目每个一行，无绩效目标表者在前", references=IN_DOCUMENT)  # fmt: skip
class ProjectFunding(NamedTuple):
    """The money of a project, and whether a performance form stands behind it."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    project_no: Annotated[int, Column("项目序号", "Order of the project in the tables of projects", "项目序号")]
    project_name: ProjectName
    funding: Annotated[str, Column("资金年度", "This year's budget or carried over", "本年预算或上年结转", values=FUNDING_YEARS)]
    amount_yuan: AmountYuan
    base_yuan: Annotated[Decimal, Column("项目资金合计", "All project money of the document's tables of projects", "本文件项目支出预算表所列项目资金合计", YUAN)]
    share: Annotated[float | None, Column("占比", "Share of all project money", "占项目资金合计的比重", "fraction")]
    form_status: Annotated[str, Column("目标表情况", "Whether a form stands behind the project, or the document prints none at all", "该项目有无绩效目标表，或文件未印任何绩效目标表", values=FORM_STATUSES)]
    form_no: Annotated[int | None, Column("目标表序号", "Its performance form, NULL if none", "对应的绩效目标表")]
    property: Annotated[str | None, Column("项目属性", "Recurring, continued or one-off, as printed", "项目属性（原文）")]
    arrears_yuan: Annotated[Decimal | None, Column("应付未付", "Of it for earlier years' work", "其中用于以前年度工作", YUAN)]
    indicator_count: Annotated[int | None, Column("指标数", "Annual indicators, NULL without a form", "年度指标个数，无目标表者为空", "indicators")]
    measurable_indicator_count: Annotated[int | None, Column("可衡量指标数", "Annual indicators with a number, NULL without a form", "以数字表示的年度指标个数，无目标表者为空", "indicators")]
    line_no: LineNo
    counts: Counts


@view("indicator_quality", "指标质量", "One row per document and indicator of level 2: how many have a number, a unit, a ceiling, or are words",
      "每份文件每个二级指标一行：有数字、单位、上限者与仅有文字者各多少", references=IN_DOCUMENT)  # fmt: skip
class IndicatorQuality(NamedTuple):
    """How far the indicators of a level can be measured."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    level1: Annotated[str, Column("一级指标", "Level-1 indicator", "一级指标")]
    level2: Annotated[str, Column("二级指标", "Level-2 indicator", "二级指标")]
    indicator_count: Annotated[int, Column("指标数", "Annual indicators", "年度指标个数", "indicators")]
    form_count: Annotated[int, Column("目标表数", "Forms that have such indicators", "有此类指标的目标表个数")]
    with_number_count: Annotated[int, Column("有数字", "With a number", "以数字表示者", "indicators")]
    with_unit_count: Annotated[int, Column("有单位", "With a unit", "有计量单位者", "indicators")]
    with_ceiling_count: Annotated[int, Column("有上限", "With a highest value", "设有上限者", "indicators")]
    in_words_count: Annotated[int, Column("仅文字", "In words only", "仅以文字表示者", "indicators")]
    in_both_count: Annotated[int, Column("两栏均有", "Under the same name in the half of the whole period", "实施期一栏有同名指标者", "indicators")]
    equal_count: Annotated[int, Column("两栏相同", "Of these with the same value", "其中指标值与实施期相同者", "indicators")]
    evaluated_count: Annotated[int, Column("已自评", "With an attained value in a self-evaluation", "自评表列有实际完成值者", "indicators")]
    score: Annotated[float | None, Column("得分", "Points attained in self-evaluations, NULL without", "自评得分，无自评者为空", "points")]
    weight: Annotated[float | None, Column("分值", "Points attainable for these", "相应分值", "points")]
    line_no: LineNo
    counts: Counts


@view("earlier_work", "以前年度支出", "One row per form in arrears, and per amount that the prose calls arrears: this year's money for earlier years' work",
      "每个含应付未付的绩效目标表一行，文字说明所称应付未付的金额每笔一行：本年资金用于以前年度工作", references=IN_DOCUMENT)  # fmt: skip
class EarlierWork(NamedTuple):
    """Money of this year for work of an earlier one."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    stated_in: Annotated[str, Column("列示处", "In a form, or in the prose, whose amounts are not to be added to those of the forms", "绩效目标表或文字说明，二者不可相加", values=STATED_IN)]
    form_no: Annotated[int | None, Column("目标表序号", "Form, NULL for the prose", "绩效目标表，文字说明者为空")]
    project_name: Annotated[str, Column("项目名称", "Project, empty for the prose", "项目名称，文字说明者为空")]
    property: Annotated[str | None, Column("项目属性", "Recurring, continued or one-off, as printed", "项目属性（原文）")]
    amount_yuan: AmountYuan
    origin_year: Annotated[int | None, Column("形成年度", "Year of the work, NULL where the sentence names none or several earlier years", "工作所属年度，未写明或涉及多个年度者为空")]
    paid_yuan: Annotated[Decimal | None, Column("以前已付", "Paid in earlier years, where the sentence states one payment", "以前年度已支付，限原句只列一笔者", YUAN)]
    total_yuan: Annotated[Decimal | None, Column("合计成本", "With the earlier payment, where the form's whole money is the rest", "连同以前已付的全部成本，限本年资金全为余款者", YUAN)]
    due_text: Annotated[str | None, Column("付款时间", "When the rest is to be paid, as printed", "计划付款时间（原文）")]
    item_code: Annotated[str, Column("科目编码", "Functional item, empty where it is not printed", "功能科目编码，未列示者为空")]
    item_name: Annotated[str, Column("科目名称", "Functional item, empty where it is not printed", "功能科目名称，未列示者为空")]
    sentence: Annotated[str, Column("原句", "The sentence that says it", "原文语句")]
    line_no: LineNo
    counts: Counts


@view("price_ceilings", "成本上限", "One row per annual indicator that is a price: the price, what it comes to for the quantity, and the project's money",
      "每项以单价表示的年度指标一行：单价、按数量计算的金额与项目资金", references=IN_FORM)  # fmt: skip
class PriceCeiling(NamedTuple):
    """A price that a project promises not to exceed."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    form_no: FormNo
    project_name: ProjectName
    level3: Annotated[str, Column("三级指标", "What the price is of", "单价对象")]
    value_text: Annotated[str, Column("指标值", "Price as printed", "单价（原文）")]
    price_unit: Annotated[str, Column("计价单位", "What the price is for one of", "每一计价单位，如人/次")]
    ceiling_yuan: Annotated[Decimal | None, Column("成本上限", "Highest price", "单价上限", YUAN)]
    quantity: Annotated[float | None, Column("数量", "Sum of the project's quantities in that unit", "该项目以此为单位的数量之和")]
    at_most_yuan: Annotated[Decimal | None, Column("按上限计算", "Price times quantity", "单价上限乘数量", YUAN)]
    amount_yuan: Annotated[Decimal | None, Column("年度资金", "Funds of the whole project this year", "项目年度资金总额", YUAN)]
    share_of_amount: Annotated[float | None, Column("占年度资金比重", "Price times quantity over the funds", "按上限计算的金额占年度资金", "fraction")]
    why_not: Annotated[str | None, Column("未计算原因", "Why it is not multiplied, NULL where it is", "未能相乘的原因，已计算者为空", values=NO_CEILING)]
    line_no: LineNo
    counts: Counts


@view("unit_costs", "单位成本", "One row per annual quantity indicator: what one unit of the output costs",
      "每项年度数量指标一行：单位产出的成本", references=IN_FORM, is_stored=True)  # fmt: skip
class UnitCost(NamedTuple):
    """An output with its quantity and the project's money."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    form_no: FormNo
    project_name: ProjectName
    level3: Annotated[str, Column("三级指标", "What is counted", "计量对象")]
    quantity: Annotated[float, Column("数量", "Quantity promised", "目标数量")]
    unit: Annotated[str | None, Column("计量单位", "Unit of the quantity", "计量单位")]
    amount_yuan: Annotated[Decimal | None, Column("年度资金", "Funds of the whole project this year", "项目年度资金总额", YUAN)]
    yuan_per_unit: Annotated[Decimal | None, Column("单位成本", "All the project's money, with stated earlier payments, over the quantity that drives it; NULL where that is no price", "项目全部资金（含列明的以前已付）除以决定成本的数量，不成其为单价者为空", YUAN)]
    ceiling_yuan: Annotated[Decimal | None, Column("成本上限", "The form's own cost indicator for that unit", "目标表自列的单位成本指标", YUAN)]
    ceiling_unit: Annotated[str | None, Column("上限计价单位", "What the ceiling is for one of", "成本上限的计价单位，如人/次")]
    driver_quantity: Annotated[float | None, Column("计价数量", "What the money is divided by: the one quantity, or the sum of like ones", "用以除的数量：唯一的数量或同类数量之和")]
    paid_yuan: Annotated[Decimal | None, Column("以前已付", "Paid in earlier years, where one payment is stated", "以前年度已支付，限只列一笔者", YUAN)]
    total_yuan: Annotated[Decimal | None, Column("合计成本", "What is divided: the funds with earlier payments, NULL for arrears without them", "被除的金额：年度资金连同以前已付，余款而未列明已付者为空", YUAN)]
    why_not: Annotated[str | None, Column("无单价原因", "Why there is no price, NULL where there is one", "不能算作单价的原因，能算者为空", values=NO_PRICE)]
    line_no: LineNo
    counts: Counts


@view("carry_over_balances", "结转余额", "One row per document and balance, also where it is not printed: money brought in, this year's money for earlier years, money left over",
      "每份文件每个余额一行，未列示者亦在：上年结转、本年资金用于以前年度、年末结转", references=IN_DOCUMENT, is_stored=True)  # fmt: skip
class CarryOverBalance(NamedTuple):
    """A balance between years; two of them are never added."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    balance: Annotated[str, Column("余额", "Which balance; they are never to be added", "余额类别，不可相加", values=BALANCES)]
    status: Annotated[str, Column("列示情况", "Whether the document prints it; not printed does not mean none", "文件是否列示；未列示不等于没有", values=BALANCE_STATUSES)]
    amount_yuan: Annotated[Decimal | None, Column("金额", "Amount, NULL where it is not printed", "金额，未列示者为空", YUAN, fiscal_type="value")]
    base_yuan: Annotated[Decimal | None, Column("总额", "The year's total revenue", "当年收入总计", YUAN)]
    share_of_total: Annotated[float | None, Column("占总额比重", "Share of the year's total", "占当年总额的比重", "fraction")]
    prior_yuan: Annotated[Decimal | None, Column("上年总额", "Last year's total: its own document's, or the prose's change taken back", "上年总额，取自上年文件或按文字所述增减推算", YUAN)]
    share_of_prior: Annotated[float | None, Column("占上年总额比重", "Share of last year's total", "占上年总额的比重", "fraction")]
    part: Annotated[str, Column("列示处", "Table, forms or prose that it is taken from, empty where it is not printed", "所据报表、目标表或文字，未列示者为空", values=PARTS_OF_DISCLOSURE | {"": ""})]
    label: Annotated[str, Column("原文名称", "What the line is called", "该行名称（原文）")]
    line_no: Annotated[int | None, Column("行号", "Line, NULL where it is not printed", "行号，未列示者为空")]
    counts: Counts


@view("carry_over_breakdown", "结转构成", "One row per document, balance, breakdown and item; the breakdowns of a balance are the same money",
      "每份文件每个余额每种划分每项一行；同一余额的各种划分是同一笔钱", references=IN_DOCUMENT)  # fmt: skip
class CarryOverPart(NamedTuple):
    """A part of a balance."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    balance: Annotated[str, Column("余额", "Which balance; they are never to be added", "余额类别，不可相加", values=BALANCES)]
    breakdown: Annotated[str, Column("划分", "What it is divided by; add up one breakdown only", "按什么划分，加总时只取一种", values=BREAKDOWNS)]
    item_code: ItemCode
    item_name: Annotated[str, Column("名称", "Item, fund, project or year, empty where the document does not say", "科目、资金、项目或年度，未列示者为空")]
    form_no: Annotated[int | None, Column("目标表序号", "The project's performance form, NULL if none", "项目的绩效目标表")]
    amount_yuan: AmountYuan
    base_yuan: Annotated[Decimal, Column("合计", "Sum of the breakdown", "该划分合计", YUAN)]
    share: Annotated[float | None, Column("占比", "Share of the sum", "占该划分合计的比重", "fraction")]
    line_no: LineNo
    counts: Counts


@view("carry_over_patterns", "结转疑点", "One row per document, pattern and project: what should be asked about money for earlier years",
      "每份文件每种情形每个项目一行：用于以前年度的资金应当追问之处", references=IN_DOCUMENT)  # fmt: skip
class CarryOverPattern(NamedTuple):
    """Something to ask about money for earlier years."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    pattern: Annotated[str, Column("情形", "What is seen: a question to ask, not a fault", "所见情形，应当追问而非定论", values=CARRY_OVER_PATTERNS)]
    project_name: Annotated[str, Column("项目名称", "Project, empty for the whole unit", "项目名称，整个单位者为空")]
    amount_yuan: AmountYuan
    line_no: LineNo
    prior_document_id: Annotated[str | None, Column("上年文件编号", "Last year's document with arrears too", "同样有应付未付的上年文件")]
    prior_yuan: Annotated[Decimal | None, Column("上年应付未付", "Arrears in it", "上年文件中的应付未付", YUAN)]
    counts: Counts


@view("carry_over", "结转分析", "One row per item or project of this year's money that pays for earlier years",
      "本年资金中用于以前年度的每个科目或项目一行", references=IN_DOCUMENT, is_stored=True)  # fmt: skip
class CarryOver(NamedTuple):
    """Money of this year for earlier years: carried over openly, or owed."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    kind: Annotated[str, Column("类别", "Carried over openly, or arrears hidden in this year's projects", "公开结转，或隐含在本年项目中的应付未付", values=CARRY_OVER_KINDS)]
    item_code: ItemCode
    item_name: ItemName
    project_name: Annotated[str, Column("项目名称", "Project, empty for functional items", "项目名称，功能科目为空")]
    amount_yuan: AmountYuan
    base_yuan: Annotated[Decimal | None, Column("总支出", "The year's total expenditure", "当年总支出", YUAN)]
    share_of_total: Annotated[float | None, Column("占总支出比重", "Share of the year's total expenditure", "占当年总支出的比重", "fraction")]
    is_repeated: Annotated[bool, Column("是否重复", "A project whose money the items of the document list too; leave it out of sums", "公开结转的项目，其资金已列在该文件的科目中，加总时应排除")]
    origin_year: Annotated[int | None, Column("形成年度", "Year of the work that arrears pay for, NULL where it is not stated", "应付未付所属年度，未写明者为空")]
    line_no: LineNo
    counts: Counts


# ---------------------------------------------------------------------------------------------------------
# What queries repeat


@view("document_scopes", "文件范围", "One row per document that says whose and of which year it is: whom it covers",
      "注明单位与年度的每份文件一行：涵盖范围", references=IN_DOCUMENT)  # fmt: skip
class DocumentScope(NamedTuple):
    """Whom a document covers."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    unit: Annotated[str, Column("可比单位", "The unit's name as it is compared between years", "供跨年比较的单位名称")]
    scope: Scope
    counts: Counts


@view("peers", "同类比较", "One row per unit, fiscal year, kind of document and measure: the unit among its peers",
      "每个单位每年每类文件每项指标一行：在同类单位中的位置", references=IN_DOCUMENT)  # fmt: skip
class Peer(NamedTuple):
    """A figure of a unit beside the same figure of its peers: documents of the same year, kind and scope."""

    document_id: DocumentId
    fiscal_year: FiscalYear
    unit_name: UnitName
    document_kind: DocumentKind
    scope: Scope
    measure: Annotated[str, Column("比较指标", "What is compared", "比较的指标", values=PEER_MEASURES)]
    value_yuan: Annotated[Decimal, Column("数值", "The amount, or the amount per head, vehicle or square metre", "金额，或人均、车均、每平方米金额", YUAN)]
    amount_yuan: AmountYuan
    quantity: Annotated[Decimal | None, Column("计量数", "People in service, vehicles or square metres held, NULL for an amount", "在职人数、现有车辆数或面积，总额指标为空")]
    place: Annotated[int, Column("名次", "Its place among the peers, 1 for the largest", "由大到小的名次")]
    peer_count: Annotated[int, Column("同类单位数", "How many units are compared, itself included", "参与比较的单位数（含本单位）", "units")]
    lower_quartile_yuan: Annotated[Decimal, Column("下四分位数", "A quarter of the peers has less", "四分之一的单位低于此值", YUAN)]
    median_yuan: Annotated[Decimal, Column("中位数", "Half of the peers has less", "半数单位低于此值", YUAN)]
    upper_quartile_yuan: Annotated[Decimal, Column("上四分位数", "A quarter of the peers has more", "四分之一的单位高于此值", YUAN)]
    line_no: LineNo
    quantity_line_no: Annotated[int | None, Column("计量行号", "Line of the number of people, vehicles or square metres", "人数、车辆数或面积所在行")]
    counts: Counts


@view("timeseries", "历年数据", "One row per unit, measure or item, and fiscal year: budget and actual side by side",
      "每个单位每项指标或科目每年一行：预算与决算并列", is_stored=True)  # fmt: skip
class YearOfSeries(NamedTuple):
    """A year of a figure of a unit, NULL where no document of that kind is loaded."""

    unit_name: UnitName
    scope: Scope
    measure: Annotated[str, Column("历年指标", "A total of the document, or an item of a table", "文件总数，或报表科目", values=SERIES)]
    table_key: TableKey
    item_code: ItemCode
    item_name: Annotated[str, Column("科目名称", "Item as printed in its last year, empty for a total", "科目名称（最近一年原文），总数为空")]
    item_level: Annotated[int | None, Column("科目级次", "1 类, 2 款, 3 项; NULL without a code", "1类 2款 3项，无编码者为空")]
    fiscal_year: FiscalYear
    budget_yuan: Annotated[Decimal | None, Column("预算数", "In the budget of the year", "当年预算文件所列", YUAN)]
    actual_yuan: Annotated[Decimal | None, Column("决算数", "In the final accounts of the year", "当年决算文件所列", YUAN)]
    execution_rate: Annotated[float | None, Column("执行率", "Actual over budget", "决算数占预算数的比重", "fraction")]
    budget_document_id: Annotated[str | None, Column("预算文件编号", "The budget", "预算所在文件")]
    budget_line_no: Annotated[int | None, Column("预算行号", "Line of the figure in it", "预算数所在行")]
    actual_document_id: Annotated[str | None, Column("决算文件编号", "The final accounts", "决算所在文件")]
    actual_line_no: Annotated[int | None, Column("决算行号", "Line of the figure in them", "决算数所在行")]
    counts: Counts


class YearOnYear(NamedTuple):
    """An item of two documents, NULL where one of them does not print it."""

    table_key: TableKey
    side: Annotated[str, Column("收支", "Side of a table that has both, revenue and expenditure, else empty", "收支表的收入方或支出方，其他表为空", values=SIDES)]
    item_code: ItemCode
    item_name: ItemName
    current_yuan: Annotated[Decimal | None, Column("本年", "In the first document", "本年文件所列金额", YUAN)]
    prior_yuan: Annotated[Decimal | None, Column("上年", "In the second document", "上年文件所列金额", YUAN)]
    change_yuan: Annotated[Decimal | None, Column("增减额", "Change", "增减额", YUAN)]
    rate: Annotated[float | None, Column("增减率", "Change over the year before, NULL where that was nothing", "增减率，上年为零者为空", "fraction")]
    line_no: Annotated[int | None, Column("行号", "Line of the first document", "本年文件中的行号")]
    prior_line_no: Annotated[int | None, Column("上年行号", "Line of the second document", "上年文件中的行号")]


MACROS = (  # each may use those above it
    Macro("wan", "万元", {"yuan": "元"}, "Yuan as 万元, rounded to two decimals", "元折合万元，四舍五入保留两位小数"),
    Macro("share_of", "占比", {"part": "部分", "whole": "合计"},
          "Part over whole as a fraction, NULL where the whole is nothing", "部分占合计的比重（小数），合计为零者为空"),
    Macro("growth_rate", "增减率", {"current_amount": "本年", "prior_amount": "上年"},
          "Change over the year before as a fraction, NULL where that was nothing", "比上年增减的比率（小数），上年为零者为空"),
    Macro("rate_doubt", "比率误差", {"upper": "分子", "upper_half": "分子误差", "lower": "分母", "lower_half": "分母误差"},
          "How far a rate of two amounts may be off, where each may be off by half a unit of its last printed place",
          "两个金额各有末位半个单位的误差时，其比率的误差"),
    Macro("rate_agrees", "比率相符", {"stated": "所列比率", "step": "末位单位", "rate": "推算比率", "doubt": "误差"},
          "Whether a printed rate can be the computed one, rounded or cut at its last place; all in the unit of the printed one",
          "所列比率是否为推算比率按其末位四舍五入或截断之值，单位均同所列比率"),
    Macro("comparable_name", "可比名称", {"name": "名称"},
          "A name as it is compared between years and units: brackets half-width, no quotation marks, commas and 、, 运行费 for 运行维护费",
          "供跨年、跨单位比较的名称：括号统一为半角，去引号、顿号、逗号与空格，运行维护费作运行费"),
    Macro("printed_line", "原文", {"document": "文件编号", "line": "行号"},
          "A line as it is printed: where a figure comes from", "原文的某一行，用于追溯数字出处"),
    Macro("year_on_year", "两年对比", {"this_document": "本年文件", "prior_document": "上年文件"},
          "Any two documents compared: one row per item of either, also what only one of them prints",
          "任意两份文件逐项对比，每个科目一行，仅一份列示者亦列出", tuple(_fields(YearOnYear))),
)  # fmt: skip
