"""Contact details never leave the raw file, wherever in a document they stand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import jcdata
from jcdata.cli.commands import app

# In parts: no number and no name may stand in the tree.
MOBILE, LANDLINE, SHORT = "138" + "0013" + "8000", "0356" + "-" + "3333444", "222" + "7815"
SPACED, FREE, ABROAD = (
    "139" + " 12" + "34 " + "5678",
    "400" + "-820" + "-8820",
    "+86 " + "1370" + "000" + "1111",
)
NAMES = ["张" + "三丰", "李" + "四光"]
SECRETS = [MOBILE, LANDLINE, SHORT, SPACED, FREE, ABROAD.removeprefix("+86 "), *NAMES]

TEXT = f"""青禾市甲局2031年度部门预算公开 电话：{LANDLINE}
第一部分 概况 联系电话 {SHORT}
2031年预算支出总表 {MOBILE}
单位名称：青禾市甲局 联系人：{NAMES[0]}
单位：万元
科目编码 科目名称 合计 基本支出 项目支出
合计 5.50 5.50
201 一般公共服务支出{SPACED} 5.50 5.50
20108 审计事务 电话{LANDLINE} 5.50 5.50
不明之行 {FREE} 1 2 3 4 5 6 7
2031年项目支出预算表（本年预算）
单位名称：青禾市甲局
单位：万元
项目名称 合计 一般公共预算
平台维护（{MOBILE}） 5.50 5.50
第三部分 2031年度部门预算情况说明
一、预算收支情况
2031年度预算收入总计5.50万元，如有疑问请致电{ABROAD}，主要原因是搬迁至{LANDLINE}。
青禾市甲局市级预算部门（单位）项目支出绩效目标表
（2031年度）
项目名称 平台维护（{MOBILE}）
主管部门及代码 101-青禾市甲局 实施单位 青禾市甲局{SPACED}
项目概况
平台维护，热线{FREE}，联系人：{NAMES[1]}，需5.50万元。
立项依据
传真：{SHORT}
项目实施计划 全年实施，手机{MOBILE}。
实施期目标 年度目标
总体目标
拨打{LANDLINE} 拨打{LANDLINE}
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 热线{FREE}接通数 ≥5次 数量指标 热线{FREE}接通数 ≥5次
负责人： 经办人： {NAMES[0]} 联系电话： {SHORT}
经办人：
{NAMES[1]}
联系电话：
{SHORT}
第四部分 名词解释
1.热线：指{FREE}或{MOBILE}。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that can be made of documents with contact details, in four formats."""
    made = tmp_path_factory.mktemp("contacts")
    (made / "raw").mkdir()
    rows = "".join(
        f"<tr><td>{'</td><td>'.join(line.split(' '))}</td></tr>" for line in TEXT.splitlines()
    )
    (made / "raw" / "text.txt").write_text(TEXT, encoding="utf-8")
    (made / "raw" / "tabbed.txt").write_text(TEXT.replace(" ", "\t"), encoding="utf-8")
    (made / "raw" / "page.html").write_text(
        f"<html><body><table>{rows}</table></body></html>", encoding="utf-8"
    )
    (made / "raw" / "unreadable.txt").write_text(
        f"今天天气很好，请致电{MOBILE}。", encoding="utf-8"
    )
    database = made / "some.duckdb"
    said = []
    for command in (
        ["build", made / "raw", "--db", database, "--clean", made / "clean"],
        ["check", "--all", "--db", database], ["trace", "5.50", "--db", database],
        *(["explain", "text", str(no), "--db", database, "--raw", made / "raw"] for no in range(1, TEXT.count("\n") + 1)),
        ["sql", "FROM source_lines", "--db", database], ["diff", made / "raw/text.txt", made / "raw/tabbed.txt"],
        ["report", made / "report.html", "--db", database], ["export", made / "package", "--db", database],
        ["export", made / "book.xlsx", "--db", database],
    ):  # fmt: skip
        result = CliRunner().invoke(app, [str(word) for word in command])
        assert result.exception is None or isinstance(result.exception, SystemExit), command
        said.append(result.output)
    (made / "said.txt").write_text("\n".join(said), encoding="utf-8")
    return made


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_no_table_and_no_view_holds_them(folder: Path) -> None:
    with jcdata.connect(folder / "some.duckdb") as con:
        names = con.sql("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
        assert len(names) > 40
        for schema_name, name in names:
            assert secrets_in(str(con.sql(f'FROM {schema_name}."{name}"').fetchall())) == [], name
        assert (
            con.sql("SELECT count(*) FROM source_lines WHERE contains(text, '***')").fetchall()[0][
                0
            ]
            > 50
        )


def test_no_file_holds_them(folder: Path) -> None:
    texts = [
        *folder.glob("clean/*.csv"),
        *folder.glob("package/**/*.*"),
        folder / "report.html",
        folder / "said.txt",
    ]
    assert len(texts) > 50
    for path in texts:
        assert secrets_in(path.read_text(encoding="utf-8")) == [], path.name
    with jcdata.connect(folder / "some.duckdb", allow_folders=[folder / "clean"]) as con:
        for path in folder.glob("clean/**/*.parquet"):
            assert secrets_in(str(con.sql(f"FROM '{path}'").fetchall())) == [], path.name


def test_no_sheet_holds_them(folder: Path) -> None:
    with zipfile.ZipFile(folder / "book.xlsx") as book:
        assert len(book.namelist()) > 20
        for name in book.namelist():
            assert secrets_in(book.read(name).decode("utf-8")) == [], name
