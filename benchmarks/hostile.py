"""Whether parsing stays linear on hostile lines, and survives mutated documents.

    python benchmarks/hostile.py [CASES] [SEED]

prints how the time of each hostile text grows when it is doubled (linear: about 2), then parses CASES mutated copies
of the raw documents, seeded, and counts what came of them. Exit status 1 if any raised something but DocumentError.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from jcdata.batches import parse_document
from jcdata.documents import DocumentError

RAW = Path(__file__).parents[1] / "data" / "raw"
TABLE = "2031年预算收入总表\n单位：万元\n科目编码 科目名称 合计 一般公共预算 政府性基金 国有资本经营预算 财政专户管理资金 单位资金\n"
FORM = "某某市市级预算部门项目支出绩效目标申报表\n项目名称 甲\n项目概况\n"
PROSE = "第三部分 情况说明\n一、收支情况\n"
HOSTILE = {  # text before, what is repeated, how often, text after
    "spaces": (TABLE + "合计 1.00", " ", 20_000, "2.00\n"),
    "figures": (TABLE + "201 甲 ", "1.00 ", 4_000, "\n"),
    "commas": (TABLE + "合计 ", "1,", 10_000, "\n"),
    "digits": (TABLE + "合计 ", "1", 20_000, "\n"),
    "ordinals": (TABLE, "一", 20_000, "、\n"),
    "brackets": (TABLE, "（", 20_000, "\n"),
    "tabs": (TABLE.replace(" ", "\t") + "合计", "\t", 20_000, "1.00\n"),
    "title": ("", "年", 20_000, "预算收入总表\n" + TABLE),
    "many titles": ("", TABLE, 100, ""),
    "many codes": (TABLE, "201 甲 1.00 1.00\n20101 乙 1.00 1.00\n", 1_000, ""),
    "phone": ("联系电话：", "0356-", 20_000, "\n" + TABLE),
    "overview": (FORM, "1、甲项1万元；", 1_500, "\n立项依据\n无\n"),
    "figures in prose": (PROSE, "预算收入1.00万元，占1.00%，", 800, "\n"),
    "one sentence": (PROSE, "增加", 10_000, "1.00万元\n"),
    "quotes": (FORM, "“", 10_000, "\n"),
    "indicators": (FORM + "一级指标 二级指标 三级指标 指标值\n", "产出指标 数量指标 甲乙丙 ≥5个\n", 400, ""),
}
SIGNS = [
    "",
    " ",
    "\t",
    "\n",
    "1.00",
    ",",
    "合计",
    "一、",
    "（",
    "万元",
    "%",
    "208",
    "\u3000",
    "<p>",
    "|",
    "项目名称",
    "2031年预算收入总表\n",
]


def seconds(text: str, repeats: int = 3) -> float:
    """The fastest of some parses of a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.txt"
        path.write_text(text, encoding="utf-8")
        best = float("inf")
        for _ in range(repeats):
            begun = time.process_time()
            with suppress(DocumentError):
                parse_document(path.read_bytes(), path.name)
            best = min(best, time.process_time() - begun)
    return best


def mutate(text: str, chance: random.Random) -> str:
    """A document with some lines dropped, doubled, joined, cut, swapped or with strange signs in them."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    lines = lines[start : start + chance.randrange(20, 400)]
    for _ in range(chance.randrange(1, 30)):
        i = chance.randrange(len(lines))
        line, at = lines[i], chance.randrange(len(lines[i]) + 1)
        lines[i] = chance.choice([
            line[:at], line[at:], line + line, line[:at] + chance.choice(SIGNS) * chance.choice([1, 1, 50]) + line[at:],
            line.replace(" ", ""), line.replace(" ", "\t"), "\n".join(line), lines[chance.randrange(len(lines))],
        ])  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    """Print both tables."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"| {'hostile text':18} |  kB | seconds | doubled |\n| {'-' * 18} | --: | ------: | ------: |")
    for name, (before, unit, times, after) in HOSTILE.items():
        text = before + unit * times + after
        once, twice = seconds(text), seconds(before + unit * times * 2 + after)
        print(f"| {name:18} | {len(text.encode()) // 1000:3} | {once:7.3f} | {twice / once:7.1f} |")
    chance = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.txt"
        for case in range(cases):
            path.write_text(mutate(chance.choice(texts), chance), encoding="utf-8")
            begun = time.process_time()
            try:
                parse_document(path.read_bytes(), path.name)
                outcomes["parsed"] += 1
            except DocumentError:
                outcomes["refused with a reason"] += 1
            except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
                outcomes[f"raised {type(error).__name__}"] += 1
                print(f"case {case} of seed {seed}: {type(error).__name__}: {error}")
            slowest = max(slowest, time.process_time() - begun)
    print(f"{cases} mutated documents, seed {seed}: {dict(outcomes)}; slowest {slowest:.3f} s")
    return int(any(outcome.startswith("raised") for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
