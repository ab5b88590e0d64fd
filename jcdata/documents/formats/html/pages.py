"""The trees of the pages in a file: more than one where pages follow each other."""

from __future__ import annotations

import re

from lxml import etree

from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_ATTRIBUTES = 200  # of a tag; the parser compares each with all before it
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
# What follows what may be an attribute too many; a browser finds no tags in comments and scripts
_TAG = re.compile(
    rf"<!--(?:.*?-->|.*)|<(script|style)\b(?:.*?</\1|.*)"
    rf"|<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?P<surplus>{_ATTRIBUTE})?+",
    re.IGNORECASE | re.DOTALL,
)


def parse(content: str) -> list[etree._Element]:
    """The root elements of a text: more than one where pages follow each other, or something follows a page."""
    if any(tag["surplus"] for tag in _TAG.finditer(content)):
        raise DocumentError(
            Message(f"a tag of more than {MAX_ATTRIBUTES} attributes", "网页标签属性过多")
        )
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise DocumentError(
            Message(f"not readable as a web page: {error}", "网页无法解析")
        ) from error
    if root is None:
        raise DocumentError(Message("a web page without content", "网页没有内容"))
    if any(
        "depth" in entry.message for entry in parser.error_log
    ):  # what lies deeper is not in the tree
        raise DocumentError(Message("a web page nested too deeply", "网页嵌套过深"))
    return [root, *root.itersiblings()]
