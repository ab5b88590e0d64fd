"""What a query costs on a site: time to the first result in Chromium, opened from the disk, and what it loads.

.venv/bin/python benchmarks/generator.py 1000 RAW && .venv/bin/jcdata build RAW --db DB --clean CLEAN
.venv/bin/jcdata site SITE --db DB && .venv/bin/python benchmarks/site.py SITE
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.making.browser import launched

QUERIES = (
    "培训费",
    "数据平台运行维护",
    "机关事业单位基本养老保险缴费支出",
    "行政运行",
    "156.00",
    "8.19%",
    "青禾 审计 培训费",
)
FIRST_RESULT = """asked => new Promise(done => {
    const form = document.getElementById("search"), list = document.getElementById("hits")
    const begun = performance.now(), end = /没有|Nothing/
    new MutationObserver((_, observer) => {
        if (!list.children.length && !end.test(document.getElementById("status").textContent)) return
        observer.disconnect()
        done(performance.now() - begun)
    }).observe(document.body, {childList: true, subtree: true})
    form.elements.q.value = asked
    form.requestSubmit()
})"""


def main(site: Path) -> None:
    """Print a row for each query: milliseconds, files, KB, places."""
    with launched() as browser:
        for asked in QUERIES:
            page = browser.new_page()
            page.goto((site / "index.html").resolve().as_uri(), wait_until="networkidle")
            loaded: list[Path] = []
            page.on("request", lambda r, to=loaded: to.append(Path(unquote(urlsplit(r.url).path))))
            milliseconds = page.evaluate(FIRST_RESULT, asked)
            page.wait_for_load_state("networkidle")
            size = sum(path.stat().st_size for path in loaded)
            places = page.locator(".hit").count()
            print(
                f"{asked}: {milliseconds:.0f} ms, {len(loaded)} files, {size / 1000:.0f} KB, {places} places"
            )
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
