"""`jcdata check` in one language: the one asked for, else that of the locale, both where it is another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from jcdata.cli.commands import app
from jcdata.messages import BOTH, Message, read_message, read_messages
from jcdata.pipeline.build import BuildResult

Build = Callable[..., BuildResult]
WRONG = "2031年预算支出总表\n单位名称：青禾局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.40  \n"
HAN = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile("error|not read|empty|lines|differ")


@pytest.fixture
def check(build: Build) -> Callable[..., Result]:
    """Run `jcdata check` on a contradiction and a file that can't be read, in an environment."""
    database = build(wrong=WRONG, bad=b"").database

    def run(*options: str, **environment: str) -> Result:
        command = ["check", "--db", str(database), *options]
        return CliRunner(env={"LC_ALL": "", "LANG": "", **environment}).invoke(app, command)

    return run


def test_one_language_has_no_word_of_the_other(check: Callable[..., Result]) -> None:
    chinese, english, both = (
        check(*options) for options in (["--lang", "zh"], ["--lang", "en"], [])
    )
    assert not ENGLISH.search(chinese.output) and "错误" in chinese.output
    assert "文件为空" in chinese.output and "the file is empty" in english.output
    words = re.sub("合计|表\\d+|万元", "", english.output)  # what the document prints stays
    assert "error" in words and not re.search("错误|未能|文件|行 |文字", words)
    assert ENGLISH.search(both.output) and "错误 error" in both.output
    assert chinese.exit_code == english.exit_code == both.exit_code == 1


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "both"),
        ({"LANG": "C.UTF-8"}, "both"),
        ({"LANG": "de_DE.UTF-8", "JCDATA_LANG": "zh"}, "zh"),
    ],
)
def test_the_locale_decides(
    check: Callable[..., Result], environment: dict[str, str], languages: str
) -> None:
    shown = check(**environment).output
    options = [] if languages == "both" else ["--lang", languages]
    assert shown == check(*options).output


def test_a_language_that_there_is_not_is_refused(check: Callable[..., Result]) -> None:
    refused = check("--lang", "fr")
    assert refused.exit_code == 2 and "zh, en" in refused.stderr


def test_a_message_comes_back_from_text_where_that_is_sure() -> None:
    message = Message("the file is empty", "文件为空")
    assert read_message(str(message)) == message
    for text in ("without", "a / b / c"):
        assert read_message(text).said(BOTH) == [text, text]
    assert str(Message("same", "same")) == "same"


def test_messages_come_back_from_text_where_that_is_sure() -> None:
    said = [Message("one; of two", "其一"), Message("another", "其二")]
    for messages in (said, said[:1], []):
        assert read_messages("; ".join(map(str, messages))) == messages
    for text in ("without", "a / b; without", "a / b / c; d / e", "a / b\nc / d"):
        assert read_messages(text) == [Message(text, text)]
