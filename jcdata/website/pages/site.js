/* What every page does beyond showing itself: it remembers language and theme, sorts tables, copies citations. */
"use strict";
(() => {
  const root = document.documentElement;
  const kept = {
    get: name => { try { return localStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } },
  };
  const inEnglish = () => root.lang = document.getElementById("en").checked ? "en" : "zh-CN";

  const check = id => { const button = document.getElementById(id); if (button) button.checked = true; };
  check(kept.get("language") || (/^zh/i.test(navigator.language) ? "zh" : "en"));
  check(kept.get("theme") || "auto");
  inEnglish();
  document.querySelector(".settings").addEventListener("change", event => {
    kept.set(event.target.name, event.target.id);
    inEnglish();
  });

  const number = text => {
    const figure = text.replace(/[,，\s]/g, "").match(/^[-+]?\d+(\.\d+)?/);
    return figure ? Number(figure[0]) : null;
  };
  const valueOf = (row, column) => row.cells[column].innerText.trim();
  const sort = (heading, column) => {
    const body = heading.closest("table").tBodies[0], down = heading.getAttribute("aria-sort") === "descending";
    for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "ascending" : "descending");
    const rows = [...body.rows].map(row => [valueOf(row, column), row]);
    const isFigures = rows.every(([text]) => text === "" || text === "–" || number(text) !== null);
    const order = new Intl.Collator("zh-CN").compare, sign = down ? 1 : -1;
    rows.sort(([a], [b]) => {
      if (!isFigures) return sign * order(a, b);
      const [x, y] = [number(a), number(b)];
      return x === null || y === null ? (x === null) - (y === null) : sign * (x - y);
    });
    body.append(...rows.map(([, row]) => row));
  };

  const copy = async (text, button) => {
    const said = document.getElementById("said");
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    button.focus();
    said.textContent = done ? `已复制 Copied: ${text}` : text;
  };

  /* What a table shows of a row, or of the figure that a link stands beside */
  const citedInTable = link => {
    const row = link.closest("tr"), table = row.closest("table"), figure = link.parentElement.querySelector(".figure");
    const name = row.dataset.name ?? [...row.cells].slice(0, row.querySelector("th")?.cellIndex + 1).map(cell => cell.innerText.trim()).join(" ").trim();
    const side = table.dataset.side ? `，${table.dataset.side}` : "";
    const words = [`${side}，行次 row ${row.dataset.row}${name && `“${name}”`}`];
    if (figure) {
      const cell = figure.parentElement, heading = [...table.tHead.rows].at(-1).cells[cell.cellIndex].innerText.trim();
      const unit = cell.classList.contains("number") ? row.dataset.unit ?? table.dataset.unit : "";
      words.push(`，栏目 column“${heading}”，${figure.innerText.trim()}${unit && ` ${unit}`}`);
    }
    const page = link.parentElement.dataset.page ?? row.dataset.page, line = (figure ?? link).dataset.line;
    words.push(`${page ? `，第 ${page} 页 p. ${page}` : ""}，原文第 ${line} 行 line ${line}`);
    return words.join("");
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const table of document.querySelectorAll("table.sortable")) {
      const row = table.tHead.rows[table.tHead.rows.length - 1];
      [...row.cells].forEach((heading, column) => {
        if (heading.classList.contains("unsorted")) return;
        const button = document.createElement("button");
        button.type = "button";
        button.append(...heading.childNodes);
        button.addEventListener("click", () => sort(heading, column));
        heading.append(button);
      });
    }
    for (const figure of document.querySelectorAll("[data-row] td[id] > .figure")) {
      const link = Object.assign(document.createElement("a"), {
        className: "quote", href: `#${figure.parentElement.id}`, title: "引用 Cite", ariaLabel: `引用 Cite ${figure.textContent}`,
      });
      figure.after(link);
    }
    document.addEventListener("click", event => {
      const link = event.target.closest("[data-cite], [data-row] a[href^='#']");
      if (!link) return;
      const address = new URL(link.hash, document.getElementById("address").href).href;
      copy(`${document.getElementById("citation").innerText.trim()}${link.dataset.cite ?? citedInTable(link)}，${address}`, link);
    });
  });
})();
