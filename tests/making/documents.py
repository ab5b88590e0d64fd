"""Documents as the readers hand them on, and their sections."""

from __future__ import annotations

from jcdata.documents.document import Document, number_lines, read_document
from jcdata.documents.sections import Section, find_furniture, find_sections
from tests.making.checkout import RAW


def document(text: str, name: str = "some.txt") -> Document:
    """A document with this text."""
    return Document(name, "0" * 64, list(number_lines(text)))


def sections_of_raw(document_id: str) -> list[Section]:
    """The sections of one of the two real documents."""
    read = read_document((RAW / f"{document_id}.txt").read_bytes(), f"{document_id}.txt")
    return find_sections(read, find_furniture(read))


# Sound tables in shapes that no template has: rows by use beside rows by function, sources with their parts, no names
OTHER_PLACES = """\
某某市水务局2034年度部门预算公开

收支预算总表
单位：万元

| 收入 | | 支出 | | | |
| 项目名称 | 金额 | 功能分类 | | 支出用途 | |
| | | 功能科目名称 | 金额 | 项目名称 | 金额 |
| 一、财政拨款 | 700.00 | 一、农林水支出 | 600.00 | 一、基本支出 | 400.00 |
| 1.一般公共预算 | 700.00 | 二、住房保障支出 | 150.00 | 二、项目支出 | 310.00 |
| 二、其他资金 | 50.00 | | | 三、单位预留机动经费 | 40.00 |
| 当年收入小计 | 750.00 | 当年支出小计 | | | 750.00 |
| 收入合计 | 750.00 | 支出合计 | | | 750.00 |

收入预算总表
单位：万元

| 项目名称 | | 金额 |
| 收入总计 | | 750.00 |
| 一般公共预算资金 | 小计 | 700.00 |
| | 公共财政拨款资金 | 700.00 |
| 其他资金 | 小计 | 50.00 |
| | 其他收入 | 50.00 |

支出预算总表
单位：万元

| 合计 | 基本支出 | 项目支出 | 单位预留机动经费 |
| 750.00 | 400.00 | 310.00 | 40.00 |

“三公”经费和机关运行经费预算表
单位：万元

| 2034年“三公”经费预算数 | | | | | | 2034年机关运行经费预算数 |
| 合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | | | |
| | | | 小计 | 购置费 | 运行费 | |
| 9.50 | 0.00 | 1.50 | 8.00 | 3.00 | 5.00 | 44.00 |
"""
