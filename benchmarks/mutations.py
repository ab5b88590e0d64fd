"""Documents made hostile: lines, parts of office files and bytes dropped, doubled, cut, joined, swapped, changed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from reportlab import rl_config

from tests.making.documents import document
from tests.making.files import Content, as_excel, as_html, as_pdf, as_word, contents_of, zip_bytes

SIGNS = [
    "", " ", "  ", "\t", "\n", "\r", "\f", "\0", "\u3000", "\u200b", "\ufeff", "\u2028", "1", "1.00", "-1.00", "1,", ",", ".", "%", "9" * 17,
    "9" * 40, "1e9", "９９．９９", "①", "½", "٣", "〇", "亿", "万元", "元", "合计", "一、", "（", "）", "、", "；", "：", "“", "'", '"', ";", "--", "=", "≥",
    "208", "20899", "2089999", "30101", "|", "<p>", "<td colspan=9>", "&#0;", "**", "项目名称", "产出指标", "一级指标", "联系电话：", "占", "增长",
    "2031年预算收入总表\n", "第三部分 情况说明\n", "单位：元\n", "单位：亿元\n", "（本表无数据）\n", "2031年", "99999年", "0年", "13月32日", "🙂", "\ud800",
]  # fmt: skip
LENGTHS = (3, 10, 10, 20, 20, 40, 40, 80, 400)  # lines of a part
STARTS = (
    "总表",
    "预算表",
    "明细表",
    "情况表",
    "申报表",
    "项目名称",
    "第三部分",
    "附表：",
    "一、",
)  # of what is read as a whole


def mutate(texts: list[str], chance: random.Random, longest: int = max(LENGTHS)) -> bytes:
    """A part of a document with lines dropped, doubled, joined, cut, swapped, of another part, or with strange signs.

    No part has more lines than `longest`.
    """
    lines = _part(texts, chance, longest)
    if chance.random() < 0.2:
        lines += _part(texts, chance, longest)
    for _ in range(chance.choice([1, 2, 4, 8, 16, 32])):
        i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
        line, sign = lines[i], chance.choice(SIGNS)
        at, to = sorted((chance.randrange(len(line) + 1), chance.randrange(len(line) + 1)))
        lines[i] = chance.choice([
            line[:at], line[at:], line[:at] + line[to:], line + line, line + lines[j], lines[j], line[at:to] * 3,
            line[:at] + sign + line[at:], line[:at] + sign + line[to:], line[:at] + sign * chance.choice([2, 50]) + line[at:],
            line.replace(" ", ""), line.replace(" ", "\t"), line.replace("\t", " "), "\n".join(line[:50]),
            "".join(chance.choice("0123456789.,-") if c.isdigit() and chance.random() < 0.2 else c for c in line),
        ])  # fmt: skip
    if chance.random() < 0.1:
        chance.shuffle(lines)
    if chance.random() < 0.05:
        lines *= 5
    encoding, errors = chance.choice(
        [("utf-8", "surrogatepass")] * 20 + [("gb18030", "replace"), ("utf-16", "replace")]
    )
    data = bytearray("\n".join(lines).encode(encoding, errors))
    if chance.random() < 0.1:
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data) or 1) :][:1] = bytes([chance.randrange(256)])
    return bytes(data)


def _part(texts: list[str], chance: random.Random, longest: int = max(LENGTHS)) -> list[str]:
    """Some lines, mostly few, as many cases are worth more than long ones."""
    lines = chance.choice(texts).split("\n")
    starts = [n for n, line in enumerate(lines) if line.endswith(STARTS) or line.startswith(STARTS)]
    start = chance.choice(starts) if chance.random() < 0.7 else chance.randrange(len(lines))
    return lines[start : start + chance.choice([n for n in LENGTHS if n <= longest])]


# Pieces of the syntax of each format, and values that its fields may take.
SYNTAX = {
    "pdf": "obj|endobj|stream|endstream|xref|trailer|startxref|<<|>>|[|]|(|)|/Length|/Kids|/Count|/Type|/Font|/MediaBox|BT|ET|Tj|Tm|re|cm|q|Q|"
    " 0 R| 1 0 R| 99999 0 R|0|-1|1e38|-2147483648|4294967296",
    "html": "<table>|</table>|<tr>|<td>|</td>|<td colspan=99999>|<td rowspan=-1>|<td rowspan=0>|<!--|-->|<script>|</script>|<style>|&|&#1114112;|&#x0;|"
    "<div style='display:none'>|<svg>|<template>|<frameset>|<plaintext>|<meta charset=utf-7>|]]>|<?xml version='1.0'?>",
    "xlsx": "<row>|<row r='1048577'>|</row>|<c r='ZZZ9999999'>|<c r='A1'>|<c t='s'><v>99999</v></c>|<v>-1</v>|<v>1e309</v>|<v>NaN</v>|</c>|"
    "<mergeCell ref='A1:XFD1048576'/>|"
    "<mergeCell ref='B2:A1'/>|<f>1/0</f>|<sheetData>|</sheetData>|&amp;|&x;|<!DOCTYPE a [<!ENTITY x 'y'>]>|s='99999'",
    "docx": "<w:tbl>|</w:tbl>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|<w:gridSpan w:val='99999'/>|<w:gridSpan w:val='-1'/>|<w:vMerge/>|<w:vMerge w:val='restart'/>|"
    "<w:p>|</w:p>|<w:t>|</w:t>|"
    "<w:numId w:val='99999'/>|<w:ins>|<w:del>|<w:altChunk r:id='rId1'/>|&amp;|&x;|<!DOCTYPE a [<!ENTITY x 'y'>]>",
}  # fmt: skip
WRITERS: Mapping[str, Callable[[Content], bytes]] = {
    "pdf": partial(as_pdf, split_rows=True), "html": as_html, "xlsx": as_excel, "docx": as_word,
}  # fmt: skip
PACKAGES = ("xlsx", "docx")


def write_files(kind: str, texts: Sequence[str], chance: random.Random, count: int) -> list[bytes]:
    """Some sound files of a format with parts of the documents; what PDF files draw is not packed, so that it can be mutated."""
    rl_config.pageCompression = 0
    parts = (document("\n".join(_part(texts, chance))) for _ in range(count))
    return [WRITERS[kind](contents_of(part)) for part in parts]


def mutate_file(kind: str, files: Sequence[bytes], chance: random.Random) -> bytes:
    """A file of a format with bytes of it, or of a part of its package, changed."""
    data = chance.choice(files)
    if kind not in PACKAGES or chance.random() < 0.1:
        return _mutate_bytes(data, chance.choice(files), kind, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    for _ in range(chance.choice([1, 1, 2, 4])):
        name, other = chance.choice(list(members)), chance.choice(list(members))
        done = chance.random()
        if done < 0.05:
            members.pop(name)
        elif done < 0.1:
            members[name] = members[other]
        else:
            large = max(members, key=lambda key: len(members[key]))  # where the rows are
            name = chance.choice([name, large, large])
            members[name] = _mutate_bytes(members[name], members[other], kind, chance)
        if not members:
            break
    return zip_bytes(members)


def _mutate_bytes(data: bytes, other: bytes, kind: str, chance: random.Random) -> bytes:
    pieces = [piece.encode() for piece in SYNTAX[kind].split("|")]
    pieces += [sign.encode("utf-8", "surrogatepass") for sign in SIGNS]
    for _ in range(chance.choice([1, 1, 1, 2, 4, 8])):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice([0, 1, 1, 4, 20, 200, 5_000]))
        start = chance.randrange(len(other) + 1)
        data = chance.choice([
            data[:at] + data[to:], data[:at] + chance.choice(pieces) + data[at:], data[:at] + chance.choice(pieces) + data[to:],
            data[:to] + data[at:to] * chance.choice([1, 3, 50]) + data[to:], data[:at] + other[start : start + to - at] + data[to:],
            data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
            data[:at] + bytes(chance.choice(b"0123456789") if 48 <= c < 58 else c for c in data[at:to]) + data[to:],
        ])  # fmt: skip
    return data if chance.random() < 0.95 else data[: chance.randrange(len(data) + 1)]
