"""The site in its folder: every link leads somewhere, only what changed is written, nothing of others is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from typer.testing import CliRunner

import jcdata
from jcdata.cli.commands import app
from jcdata.errors import OutputError, SelectionError
from jcdata.pipeline.build import BuildResult
from jcdata.website import addresses
from jcdata.website.folder import STATE
from tests.making.checkout import BUREAU, RAW

Build = Callable[..., BuildResult]

TABLE = (
    "2031年预算支出总表\n单位名称：{unit}\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 {amount} {amount}  \n201 一般公共服务支出 {amount} {amount}  \n"
)


def table(unit: str = "某某局", amount: str = "5.50") -> str:
    return TABLE.format(unit=unit, amount=amount)


def folder_of(site: Path, document_id: str) -> Path:
    return site / addresses.document_folder(document_id)


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a site with their content, but the list of them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != STATE
    }


def written(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_mtime_ns for path in files_in(folder)}


def age(folder: Path) -> None:
    """Let all files be written long ago."""
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def rewritten(folder: Path) -> set[str]:
    """The files written since `age`."""
    return {path for path, time in written(folder).items() if time > 10**18 + 10**15}


def broken_links(folder: Path) -> Iterator[str]:
    """The links, scripts and styles of pages that lead nowhere inside the site."""
    pages = {path: html.parse(str(path)).getroot() for path in folder.rglob("*.html")}
    ids = {path.resolve(): set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.xpath("//@href | //@src | //@action"):
            parts = urlsplit(link)
            own = path.parent / unquote(parts.path) if parts.path else path
            anchors = ids.get(own.resolve(), {parts.fragment})
            is_inside = own.resolve().is_relative_to(folder.resolve()) and own.is_file()
            if parts.scheme or not is_inside or parts.fragment not in {"", *anchors}:
                yield f"{path.name}: {link}"


@pytest.fixture(scope="module")
def site(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the two real documents."""
    folder = tmp_path_factory.mktemp("site") / "网站"
    jcdata.site(built.database, folder, files=RAW, jobs=1)
    return folder


def test_every_link_leads_somewhere(site: Path) -> None:
    assert list(broken_links(site)) == []


def test_no_name_is_given_twice_on_a_page(site: Path) -> None:
    for path in site.rglob("*.html"):
        ids = html.parse(str(path)).getroot().xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_every_figure_leads_to_the_line_that_prints_it(site: Path) -> None:
    checked = 0
    for path in folder_of(site, BUREAU).glob("table-*.html"):
        for link in html.parse(str(path)).getroot().xpath("//td/a[@class='figure']"):
            name, _, anchor = link.get("href").partition("#")
            line = html.parse(str(path.with_name(name))).getroot().get_element_by_id(anchor)
            assert link.text in line.text_content(), (path, link.text)
            checked += 1
            if checked % 20 == 0:
                break
    assert checked > 100


def test_the_same_database_gives_the_same_bytes(
    built: BuildResult, site: Path, tmp_path: Path
) -> None:
    jcdata.site(built.database, tmp_path / "again", files=RAW, jobs=2)
    assert files_in(tmp_path / "again") == files_in(site)


def test_nothing_is_written_twice(built: BuildResult, tmp_path: Path) -> None:
    count = jcdata.site(built.database, tmp_path, jobs=1)
    assert count == len(files_in(tmp_path))
    age(tmp_path)
    assert jcdata.site(built.database, tmp_path, jobs=1) == count
    assert rewritten(tmp_path) == set()


def test_a_changed_document_rewrites_its_own_pages(build: Build, tmp_path: Path) -> None:
    site = tmp_path / "site"
    jcdata.site(build(a=table("甲局"), b=table("乙局")).database, site, jobs=1)
    kept = files_in(folder_of(site, "b"))
    age(site)
    jcdata.site(build(a=table("甲局", "6.50")).database, site, jobs=1)
    new = rewritten(site)
    assert f"{addresses.document_folder('a')}/table-expenditure.html" in new
    assert not any(path.startswith(addresses.document_folder("b")) for path in new)
    assert addresses.unit_page("乙局") not in new and addresses.unit_page("甲局") in new
    assert files_in(folder_of(site, "b")) == kept
    assert list(broken_links(site)) == []


def test_what_a_document_is_shown_as_does_not_depend_on_others(
    build: Build, tmp_path: Path
) -> None:
    jcdata.site(build(b=table("乙局")).database, tmp_path / "one", jobs=1)
    jcdata.site(build(a=table("甲局"), b=table("乙局")).database, tmp_path / "two", jobs=1)
    assert files_in(folder_of(tmp_path / "one", "b")) == files_in(folder_of(tmp_path / "two", "b"))


def test_pages_of_a_document_that_is_gone_are_removed(build: Build, tmp_path: Path) -> None:
    site = tmp_path / "site"
    jcdata.site(build(a=table("甲局"), b=table("乙局")).database, site, jobs=1)
    (folder_of(site, "a") / "note.txt").write_text("mine")
    (tmp_path / "raw" / "a.txt").unlink()
    jcdata.site(build().database, site, jobs=1)
    assert [path.name for path in folder_of(site, "a").iterdir()] == ["note.txt"]
    assert not (site / addresses.unit_page("甲局")).exists()
    assert "甲局" not in (site / "index.html").read_text("utf-8")


def test_what_somebody_else_put_there_is_left_as_it_is(build: Build, tmp_path: Path) -> None:
    database = build(a=table()).database
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "index.html").write_text("mine")
    with pytest.raises(OutputError, match="left as it is"):
        jcdata.site(database, foreign, jobs=1)
    assert [path.name for path in foreign.iterdir()] == ["index.html"]
    site = tmp_path / "site"
    jcdata.site(database, site, jobs=1)
    (site / "CNAME").write_text("mine")
    (folder_of(site, "b")).mkdir()
    jcdata.site(database, site, jobs=1)
    assert (site / "CNAME").read_text() == "mine"
    build(b=table("乙局"))
    with pytest.raises(OutputError, match="left as it is"):
        jcdata.site(database, site, jobs=1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_somebody_else_put_beside_the_pages_of_a_document_is_left_as_it_is(
    build: Build, tmp_path: Path, jobs: int
) -> None:
    database = build(a=table()).database
    site = tmp_path / "site"
    jcdata.site(database, site, jobs=1)
    whole = files_in(site)
    foreign = folder_of(site, "a") / "source.txt"
    foreign.write_text("mine")
    for _ in range(2):
        with pytest.raises(OutputError, match=r"source\.txt .*left as it is"):
            jcdata.site(database, site, files=tmp_path / "raw", jobs=jobs)
    assert foreign.read_text() == "mine"
    foreign.unlink()
    jcdata.site(database, site, jobs=1)
    assert files_in(site) == whole


@pytest.mark.parametrize("count", [0, 20, 75])
def test_a_site_whose_making_was_ended_is_made_again(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Ended after some files of another state, it comes to be as it was, and no file of its own is taken for another's."""
    from jcdata.website import folder

    class Ended(BaseException):
        pass

    database = build(a=table("甲局"), b=table("乙局")).database
    site = tmp_path / "site"
    jcdata.site(database, site, jobs=1)
    whole = files_in(site)
    build(a=table("甲局", "6.50"), b=table("乙局", "7.50").replace("201 ", "202 "), c=table("丙局"))
    replace, left = folder._replace, iter(range(count))

    def replace_some(path: Path, content: bytes) -> None:
        if next(left, None) is None:
            raise Ended
        replace(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(folder, "_replace", replace_some)
        with pytest.raises(Ended):
            jcdata.site(database, site, files=tmp_path / "raw", jobs=1)
    (tmp_path / "raw" / "c.txt").unlink()
    build(a=table("甲局"), b=table("乙局"))
    jcdata.site(database, site, jobs=1)
    assert files_in(site) == whole


def test_a_site_that_was_interrupted_is_finished(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jcdata.website import downloads

    database = build(a=table()).database
    whole, site = tmp_path / "whole", tmp_path / "site"
    jcdata.site(database, whole, jobs=1)

    def fail(*arguments: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(downloads, "of_database", fail)
        with pytest.raises(OSError, match="no space"):
            jcdata.site(database, site, jobs=1)
    jcdata.site(database, site, jobs=1)
    assert files_in(site) == files_in(whole)


@pytest.mark.parametrize(
    "noted", ["{}", '{"made_by": "jcdata site", "documents": {"../x": {}}}', "["]
)
def test_a_list_that_is_none_of_a_site_is_no_permission(
    build: Build, tmp_path: Path, noted: str
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / STATE).write_text(noted)
    with pytest.raises(OutputError):
        jcdata.site(build(a=table()).database, site, jobs=1)


def test_names_in_documents_are_only_text(build: Build, tmp_path: Path) -> None:
    unit = "\"><script>alert(1)</script>'/../某局"
    name = "<img src=x onerror=alert(1)>&quot;'a"
    site = tmp_path / "site"
    jcdata.site(build(**{name: table(unit)}).database, site, jobs=1)
    assert list(broken_links(site)) == []
    for path in site.rglob("*.html"):
        page = html.parse(str(path)).getroot()
        assert {script.text for script in page.xpath("//script")} == {None}
        assert page.xpath("//img | //@onerror | //@onclick | //@style") == []
    for path in site.rglob("*.js"):
        if path.name not in {"search.js", "site.js", "tables.js"}:
            assert "<" not in path.read_text("utf-8")
    names = {path.name for path in site.rglob("*")}
    assert all(name.isascii() and "<" not in name for name in names)


def test_files_are_copied_as_they_were_read(build: Build, tmp_path: Path) -> None:
    database = build(a=table()).database
    raw = tmp_path / "raw"
    site = tmp_path / "site"
    jcdata.site(database, site, files=raw, jobs=1)
    source = folder_of(site, "a") / "source.txt"
    assert source.read_bytes() == (raw / "a.txt").read_bytes()
    (raw / "a.txt").write_text("another", encoding="utf-8")
    jcdata.site(database, site, files=raw, jobs=1)
    assert not source.exists()
    jcdata.site(database, site, jobs=1)
    assert "source" not in {path.stem for path in folder_of(site, "a").iterdir()}


def test_files_that_are_not_copied_are_counted(build: Build, tmp_path: Path) -> None:
    database = build(a=table("甲局"), b=table("乙局")).database
    site, raw = tmp_path / "site", tmp_path / "raw"
    command = ["site", str(site), "--db", str(database), "--jobs", "1", "--files"]
    done = CliRunner().invoke(app, [*command, str(raw)])
    assert done.exit_code == 0 and "without their file" not in done.output
    (raw / "a.txt").write_text("another", encoding="utf-8")
    for _ in range(2):
        done = CliRunner().invoke(app, [*command, str(raw)])
        assert done.exit_code == 0 and "1 documents without their file" in done.output
    done = CliRunner().invoke(app, [*command, str(tmp_path / "none")])
    assert done.exit_code == 2 and "no such folder" in done.output
    with pytest.raises(FileNotFoundError):
        jcdata.site(database, site, files=tmp_path / "none", jobs=1)


def test_citations_have_the_address_of_the_site(build: Build, tmp_path: Path) -> None:
    address = "https://example.org/budgets/"
    database = build(a=table()).database
    jcdata.site(database, tmp_path / "site", address=address, jobs=1)
    page = folder_of(tmp_path / "site", "a") / "table-expenditure.html"
    cite = html.parse(str(page)).getroot().xpath("//aside")[0].text_content()
    assert f"{address}{addresses.document_folder('a')}/table-expenditure.html" in cite
    for shown in ("某某局", "2031", "预算支出总表", "a.txt", "SHA-256"):
        assert shown in cite


def test_findings_of_information_only_are_folded_with_their_count(
    build: Build, tmp_path: Path
) -> None:
    built = build(a=table().replace("201 一般公共服务支出 5.50", "201 一般公共服务支出 4.50"))
    jcdata.site(built.database, tmp_path / "site", jobs=1)
    page = html.parse(str(folder_of(tmp_path / "site", "a") / "index.html")).getroot()
    severities = list(jcdata.check(built.database).severity)
    (folded,) = page.xpath("//section[@aria-labelledby='findings']/details")
    shown = page.xpath("//section[@aria-labelledby='findings']/ol/li")
    assert len(shown) == len(severities) - severities.count("info") > 0
    assert len(folded.xpath(".//li")) == severities.count("info") > 0
    assert f"提示 {severities.count('info')} 项" in folded.xpath("summary")[0].text_content()


def test_an_empty_database_makes_no_site(tmp_path: Path) -> None:
    from tests.making import databases

    path = tmp_path / "empty.duckdb"
    databases.write(path)
    with pytest.raises(SelectionError):
        jcdata.site(path, tmp_path / "site", jobs=1)
    assert not (tmp_path / "site").exists()


def test_the_command_writes_and_refuses(build: Build, tmp_path: Path) -> None:
    database = build(a=table()).database
    site = tmp_path / "site"
    command = ["site", str(site), "--db", str(database), "--jobs", "1"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0 and "index.html" in done.output
    shutil.rmtree(site)
    site.mkdir()
    (site / "note.txt").touch()
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 1 and "left as it is" in done.output
