"""Bad input: each part says what and where, and the rest is loaded all the same."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import jcdata
from jcdata.cli.commands import app
from jcdata.cli.terminal import print_summary
from jcdata.documents.raw_files import MAX_BYTES
from jcdata.errors import CorrectionError, DocumentError
from jcdata.extraction.one_document import parse_document
from jcdata.pipeline.build import BuildResult, build_database
from jcdata.pipeline.given import as_given
from jcdata.pipeline.inputs import Inputs, find_inputs
from jcdata.schema import tables
from tests.making.checkout import BUREAU, CENTRE, RAW

Build = Callable[..., BuildResult]

GOOD = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50  \n201 甲支出 5.50 5.50  \n"


NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, who may open everything; as others are, already."""
    if os.geteuid():
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def reasons(result: BuildResult) -> list[tuple[str, int | None, str]]:
    return [(t.file_name, t.line_no, t.reason.split(" / ")[0]) for t in result.troubles]


@pytest.mark.parametrize(
    ("content", "line_no", "reason"),
    [
        (b"", None, "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 2, "a binary file, not text"),
        (b"fine\n\xff\xff\xff", 2, "neither UTF-8 nor GB18030"),
        (
            "今天天气很好。\n明天也是。".encode(),
            None,
            "not a budget disclosure: no statutory table, form or explanation found",
        ),
    ],
)
def test_a_file_that_cannot_be_read(
    build: Build, content: bytes, line_no: int | None, reason: str
) -> None:
    result = build(bad=content, good=GOOD)
    assert reasons(result) == [("bad.txt", line_no, reason)]
    assert [d.document_id for d in result.documents] == ["good"]
    assert result.exit_status == 2
    with jcdata.connect(result.database) as con:
        assert con.sql("SELECT file_name, line_no FROM problems").fetchall() == [
            ("bad.txt", line_no)
        ]
        assert con.sql("SELECT count(*) FROM budget_lines").fetchall() == [(4,)]


def test_gb18030_is_read(build: Build) -> None:
    result = build(old=GOOD.encode("gb18030"))
    assert result.troubles == [] and result.documents[0].unit_name == "某某局"
    assert "GB18030" in (result.documents[0].notes or "")


def test_broken_characters_are_reported_with_their_lines(build: Build) -> None:
    data = GOOD.encode("gb18030").replace(b"5.50", b"5.\xff50", 1)
    result = build(bad=data)
    line_no = data[: data.index(b"\xff")].count(b"\n") + 1
    assert (
        "bad.txt",
        line_no,
        "a broken character: what stands in this line may be misread",
    ) in reasons(result)
    assert "1 broken characters" in (result.documents[0].notes or "") and result.exit_status == 2


def test_what_was_done_to_read_a_file_is_published_and_shown(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in GOOD.splitlines())}</body></html>"
    result = build(good=GOOD, page=page)
    with jcdata.connect(result.database) as con:
        noted = con.sql("SELECT document_id, notes FROM documents ORDER BY ALL").fetchall()
        assert con.sql('SELECT "读取说明" FROM zh."文件" ORDER BY "文件编号"').fetchall() == [
            row[1:] for row in noted
        ]
    assert noted == [
        ("good", "not found in the document: title / 文件中未找到：标题"),
        (
            "page",
            "named as text, but is HTML / 扩展名为 text，内容为 HTML; "
            "not found in the document: title / 文件中未找到：标题",
        ),
    ]
    print_summary(result)
    assert "page: named as text, but is HTML" in capsys.readouterr().err


def test_a_table_cut_off_at_the_end_of_the_file_keeps_what_it_has(build: Build) -> None:
    whole = (RAW / f"{BUREAU}.txt").read_text(encoding="utf-8").split("\n")
    result = build(cut="\n".join(whole[:200]))
    assert [(t.line_no, "支出总计" in t.reason) for t in result.troubles] == [(200, True)]
    assert result.figure_count == 12


def test_two_files_with_one_id(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / "raw" / folder).mkdir(parents=True)
        (tmp_path / "raw" / folder / "same.txt").write_text(GOOD + folder, encoding="utf-8")
    result = build_database(tmp_path / "raw", tmp_path / "x.duckdb", None)
    assert [d.file_name for d in result.documents] == ["a/same.txt"]
    assert reasons(result) == [("b/same.txt", None, "has the same id 'same' as a/same.txt")]


def test_a_text_beside_its_tables_under_the_same_name(tmp_path: Path) -> None:
    """Each has its extension in its id, also one that was there before the other came; alone again it has none."""
    raw, database = tmp_path / "raw", tmp_path / "x.duckdb"
    raw.mkdir()
    page = "<p>某某局2031年部门预算</p><p>支出总表</p><p>单位：万元</p><table><tr><td>科目名称<td>合计<tr><td>合计<td>1.00</table>"

    def ids() -> list[str]:
        return [d.document_id for d in build_database(raw, database, None).documents]

    (raw / "same.txt").write_text(GOOD, encoding="utf-8")
    assert ids() == ["same"]
    (raw / "same.html").write_text(page, encoding="utf-8")
    assert ids() == ["same.html", "same.txt"]
    assert reasons(build_database(raw, database, None)) == []
    (raw / "same.html").unlink()
    assert ids() == ["same"]


def test_a_file_of_absurd_size_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for name, size in (("largest", MAX_BYTES), ("larger", MAX_BYTES + 1)):
        (tmp_path / "raw" / f"{name}.txt").write_bytes(b"")
        os.truncate(tmp_path / "raw" / f"{name}.txt", size)
    result = build_database(tmp_path / "raw", tmp_path / "x.duckdb", None)
    assert reasons(result) == [
        ("larger.txt", None, "larger than 64 MiB"),
        ("largest.txt", 1, "a binary file, not text"),
    ]
    assert [(file.file_name, file.outcome) for file in result.files] == [
        ("larger.txt", "refused"),
        ("largest.txt", "unreadable"),
    ]


def test_a_file_that_cannot_be_opened_costs_no_other(build: Build, tmp_path: Path) -> None:
    build(good=GOOD)
    (tmp_path / "raw" / "moved.txt").symlink_to("nowhere")
    shown = CliRunner().invoke(
        app,
        [
            "build",
            *map(
                str,
                (
                    tmp_path / "raw",
                    "--db",
                    tmp_path / "jcdata.duckdb",
                    "--clean",
                    tmp_path / "clean",
                ),
            ),
        ],
    )
    assert shown.exit_code == 2
    assert "moved.txt: can't be opened: No such file or directory" in shown.output
    result = build(another=GOOD + "\n")
    assert [d.document_id for d in result.documents] == ["another", "good"]
    assert [
        (file.file_name, file.outcome) for file in result.files if file.outcome != "loaded"
    ] == [("moved.txt", "refused")]
    (tmp_path / "raw" / "moved.txt").unlink()
    assert build().troubles == []


def test_what_is_locked_is_reported_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)  # into the folders above nobody may
    for name in ("good.txt", "locked.txt", "unlisted/any.txt", "unopened/any.txt"):
        path = Path("raw", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD, encoding="utf-8")
    for name, mode in (("locked.txt", 0), ("unlisted", 0o300), ("unopened", 0o600)):
        Path("raw", name).chmod(mode)
        if os.geteuid() == 0:
            os.chown(Path("raw", name), NOBODY, NOBODY)
    with as_nobody():
        found = find_inputs(as_given(Path("raw")), {})
        Path("raw/unlisted").chmod(0o700)
    assert [file.file_name for file in found.to_read] == ["good.txt"]
    denied = "can't be opened: Permission denied / 无法打开"
    assert [(trouble.file_name, trouble.reason) for trouble in found.troubles] == [
        ("locked.txt", denied),
        ("unlisted", denied),
        ("unopened/any.txt", denied),
    ]


@pytest.mark.parametrize("mode", [0o300, 0o600])
def test_a_raw_folder_that_is_locked_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir(mode=mode)
    if os.geteuid() == 0:
        os.chown("raw", NOBODY, NOBODY)
    with as_nobody():
        with pytest.raises(DocumentError, match="can't be opened: raw"):
            find_inputs(as_given(Path("raw")), {})
        Path("raw").chmod(0o700)


def test_a_file_that_goes_while_others_are_read_is_reported_and_read_when_it_is_back(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "raw" / "gone.txt"

    def find(*arguments: Any) -> Inputs:
        found = find_inputs(*arguments)
        path.unlink()
        return found

    with monkeypatch.context() as patched:
        patched.setattr("jcdata.pipeline.build.find_inputs", find)
        result = build(gone=GOOD.replace("甲", "乙"), good=GOOD)
    assert reasons(result) == [("gone.txt", None, "can't be opened: No such file or directory")]
    assert [d.document_id for d in result.documents] == ["good"]
    assert [(file.file_name, file.outcome) for file in result.files] == [
        ("gone.txt", "refused"),
        ("good.txt", "loaded"),
    ]
    again = build(gone=GOOD.replace("甲", "乙"))
    assert again.troubles == [] and [d.document_id for d in again.documents] == ["gone", "good"]


@pytest.mark.parametrize("listing", ["raw/sources.toml", "corrections.toml"])
def test_a_list_that_cannot_be_opened_is_said(tmp_path: Path, listing: str) -> None:
    (tmp_path / listing).mkdir(parents=True)
    (tmp_path / "raw").mkdir(exist_ok=True)
    with pytest.raises(
        (DocumentError, CorrectionError), match=f"{Path(listing).name}.*Is a directory"
    ):
        build_database(tmp_path / "raw", tmp_path / "x.duckdb", None, corrected=True)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"):
        build_database(tmp_path / "none", tmp_path / "x.duckdb", None)


def test_an_empty_folder_gives_an_empty_database(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    result = build_database(tmp_path / "raw", tmp_path / "x.duckdb", tmp_path / "clean")
    assert result.documents == [] and result.exit_status == 0
    with jcdata.connect(result.database) as con:
        assert con.sql("SELECT count(*) FROM zh.预算明细").fetchall() == [(0,)]


def test_a_listed_file_must_be_the_listed_one_and_others_are_taken(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    (raw / "another.txt").write_text(GOOD, encoding="utf-8")
    with (raw / f"{CENTRE}.txt").open("a", encoding="utf-8") as file:
        file.write("\n改动")
    (raw / f"{BUREAU}.txt").unlink()
    result = build_database(raw, tmp_path / "x.duckdb", None)
    assert [d.document_id for d in result.documents] == ["another"]
    assert [(name, reason.split(":")[0]) for name, _, reason in reasons(result)] == [
        (f"{CENTRE}.txt", "checksum differs from sources.toml"),
        (f"{BUREAU}.txt", "listed but not there"),
    ]


def test_a_failed_build_leaves_database_and_files_whole(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(good=GOOD)
    clean = first.database.parent / "clean"
    before = {
        p: p.read_bytes()
        for p in sorted(first.database.parent.rglob("*"))
        if p.is_file() and "raw" not in p.parts
    }
    assert len([path for path in before if clean in path.parents]) > 2 * len(
        list(clean.glob("*.csv"))
    )

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jcdata.pipeline.clean_files._splice", full)
    with pytest.raises(OSError, match="No space left"):
        build(good=GOOD, other=GOOD.replace("5.50", "6.50"))
    after = {
        p: p.read_bytes()
        for p in sorted(first.database.parent.rglob("*"))
        if p.is_file() and "raw" not in p.parts
    }
    assert after == before


def test_each_document_gives_the_same_rows_alone_and_among_others(
    built: BuildResult, tmp_path: Path
) -> None:
    for name in (BUREAU, CENTRE):
        alone = parse_document((RAW / f"{name}.txt").read_bytes(), f"{name}.txt")
        for table in tables():
            if table.of_documents and not table.is_derived:
                with jcdata.connect(built.database) as con:
                    among = con.execute(
                        f"FROM {table.name} WHERE document_id = ?", [name]
                    ).fetchall()
                assert Counter(alone.records.get(table.record, [])) == Counter(
                    table.record(*row) for row in among
                )


def test_no_contact_details_anywhere(build: Build) -> None:
    mobile, landline = (
        "138" + "0013" + "8000",
        "0356" + "-" + "3333444",
    )  # in parts: none may stand in the tree
    secrets = [mobile, "2227815", landline, "张三丰", "李四光"]
    text = GOOD + (
        f"第三部分 情况说明\n一、收支情况\n如有疑问请致电{mobile}或{landline}。\n"
        "某某市市级预算部门（单位）项目支出绩效目标申报表\n项目名称 甲项目\n负责人： 经办人： 张三丰 联系电话： 2227815\n"
        "经办人：\n李四光\n联系电话：\n2227815\n"
    )
    result = build(some=text)
    with jcdata.connect(result.database) as con:
        for schema_name, name in con.sql(
            "SELECT table_schema, table_name FROM information_schema.tables"
        ).fetchall():
            stored = str(con.sql(f'SELECT * FROM {schema_name}."{name}"').fetchall())
            assert [s for s in secrets if s in stored] == [], name
        assert con.sql(
            "SELECT count(*) FROM source_lines WHERE contains(text, '***')"
        ).fetchall() == [(4,)]
    for path in (result.database.parent / "clean").glob("*.csv"):
        assert [s for s in secrets if s in path.read_text(encoding="utf-8")] == []
