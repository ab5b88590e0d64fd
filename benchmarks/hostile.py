"""Whether parsing stays linear on hostile lines, and whether a build survives mutated documents.

    python benchmarks/hostile.py [CASES] [SEED] [PROCESSES] [FORMAT] [LONGEST]

prints how the time of each hostile text grows when it is doubled (linear: about 2). Then CASES mutated parts of the raw
documents, seeded, go through all that a build does with a document: reading, keys, checks, columns. They are text, or files of
FORMAT: pdf, html, xlsx, docx; of texts no part has more lines than LONGEST. Exit status 1 if anything was raised or took longer than a document may.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import duckdb
from joblib import Parallel, delayed

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutations import LENGTHS, mutate, mutate_file, write_files

from jcdata.database.definitions import create_tables, create_views, store_views
from jcdata.database.warehouse import add_documents, write_parts
from jcdata.errors import DocumentError
from jcdata.extraction.one_document import parse_document
from jcdata.pipeline.batches import Limits, RawFile, read_batch
from jcdata.schema import document_tables, views

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
    "indicators": (
        FORM + "一级指标 二级指标 三级指标 指标值\n",
        "产出指标 数量指标 甲乙丙 ≥5个\n",
        400,
        "",
    ),
}
NAMES = [
    "{}.txt",
    "{}.txt",
    "{}.md",
    "{}'; DROP TABLE documents; --.txt",
    'a "b" {}.txt',
    "..{}.txt",
    "{}（更正）.txt",
    "=1+1 {}.txt",
]
TEXT = "text"
IN_BATCH = 1000
MOST_SECONDS = 60  # for one of them, or for the checks of all


def seconds(text: str, repeats: int = 3) -> float:
    """The fastest of some parses of a text."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.process_time()
        with suppress(DocumentError):  # a refusal takes time too
            parse_document(text.encode(), "some.txt")
        best = min(best, time.process_time() - begun)
    return best


def load(parquet: dict[str, bytes]) -> list[str]:
    """Load a batch into tables that check their values, ask every view for all it has, and look for doubled keys."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as con:
        write_parts(Path(folder), "batch", parquet)
        create_tables(con)
        create_views(con)
        add_documents(con, Path(folder))
        store_views(con)
        for view in views():  # through the Chinese one, whose columns are computed from the other's
            con.execute(f'CREATE TABLE all_{view.name} AS FROM zh."{view.zh}"')
        found = []
        for table in document_tables():
            key = ", ".join(table.key)
            twice = con.sql(
                f"SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1"
            ).fetchall()
            found += [f"{table.name}: {row} twice" for row in twice]
        return found


class Outcome(NamedTuple):
    """What became of a batch: how many documents ended how, what went wrong, seconds, and the process's memory in MB."""

    counts: Counter[str]
    faults: list[str]
    seconds: float
    memory: int


def mutated(texts: list[str], kind: str, chance: random.Random, longest: int) -> list[RawFile]:
    """A batch of mutated documents."""
    if kind == TEXT:
        return [
            RawFile(chance.choice(NAMES).format(n), mutate(texts, chance, longest))
            for n in range(IN_BATCH)
        ]
    sound = write_files(kind, texts, chance, IN_BATCH // 20)
    return [RawFile(f"{n}.{kind}", mutate_file(kind, sound, chance)) for n in range(IN_BATCH)]


def run(texts: list[str], kind: str, seed: int, number: int, longest: int) -> Outcome:
    """Read a batch of mutated documents; the same for the same seed and number."""
    files = mutated(texts, kind, random.Random(f"{seed}/{number}"), longest)
    begun = time.process_time()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    try:
        batch = read_batch(files, limits=Limits(seconds=MOST_SECONDS))
        faults += [f"batch {number} of seed {seed}: {twice}" for twice in load(batch.parquet)]
    except (DocumentError, duckdb.Error) as error:  # what a build would end with
        faults.append(f"batch {number} of seed {seed}: {error!r}"[:500])
        counts["lost"] += len(files)
    else:
        wrong = [
            t
            for t in batch.troubles
            if "a fault of jcdata" in t.reason or "not read and checked within" in t.reason
        ]
        faults += [f"batch {number} of seed {seed}, {t.file_name}: {t.reason}" for t in wrong]
        counts["refused with a reason"] += len(batch.unreadable) - len(wrong)
        counts["gone wrong"] += len(wrong)
        counts["read and checked"] += len(files) - len(batch.unreadable)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    return Outcome(counts, faults, time.process_time() - begun, memory)


def doubled() -> Iterator[str]:
    """The rows of the first table."""
    for name, (before, unit, times, after) in HOSTILE.items():
        text = before + unit * times + after
        once, twice = seconds(text), seconds(before + unit * times * 2 + after)
        yield f"| {name:18} | {len(text.encode()) // 1000:3} | {once:7.3f} | {twice / once:7.1f} |"


def main() -> int:
    """Print both tables."""
    defaults = ("2000", "1", "2", TEXT, str(max(LENGTHS)))
    given = [*sys.argv[1:], *defaults[len(sys.argv) - 1 :]]
    cases, seed, processes, kind, longest = *map(int, given[:3]), given[3], int(given[4])
    print(
        f"| {'hostile text':18} |  kB | seconds | doubled |\n| {'-' * 18} | --: | ------: | ------: |"
    )
    print(*doubled(), sep="\n", flush=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]
    counts: Counter[str] = Counter()
    most, memory, faults = 0.0, 0, 0
    batches = range(-(-cases // IN_BATCH))
    tasks = (delayed(run)(texts, kind, seed, number, longest) for number in batches)
    for outcome in Parallel(n_jobs=processes, return_as="generator")(tasks):
        counts += outcome.counts
        faults += len(outcome.faults)
        most, memory = max(most, outcome.seconds), max(memory, outcome.memory)
        for fault in outcome.faults:
            print(fault, flush=True)
        print(f"{counts.total():,} of {cases:,}", end="\r", file=sys.stderr)
    print(
        f"{counts.total()} mutated {kind} documents of seed {seed}: {dict(counts)}; the slowest {IN_BATCH} took {most:.1f} s; memory {memory} MB"
    )
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
