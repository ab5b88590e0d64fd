/* Takes along the table of a page as it is shown: an Excel workbook with a sheet for each side of it, or CSV. */
"use strict";
(() => {
  const AMOUNT = /^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/, MOST_DIGITS = 15; // that Excel holds
  const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g; // which XML can't hold
  /* Where a spreadsheet may see the beginning of a formula, as in jcdata/exports/formula_guard.py */
  const FORMULA = /^(?='*[\s\x1c-\x1f\x85]*[=+\-@＝＋－＠\t\r\n])|(?<=[;\r\n])(?='*(?:[^\S\r\n]|[\x1c-\x1f\x85])*[=+\-@＝＋－＠])/g;
  const PLACE = ["金额单位 Unit of money", "行次 Row", "页码 Page", "原文行 Line"];

  const amount = text => {
    const plain = text.normalize("NFKC").replace("−", "-");
    return AMOUNT.test(plain) && plain.replace(/\D/g, "").length <= MOST_DIGITS ? Number(plain.replaceAll(",", "")) : text;
  };
  const shown = cell => cell.innerText.trim();

  /* Rows of texts and numbers, the headings first */
  const rowsOf = table => {
    const cells = row => [...row.cells].filter(cell => !cell.matches(".unsorted, .place"));
    const headings = cells([...table.tHead.rows].at(-1)).map(shown);
    const rows = [...table.tBodies[0].rows].map(row => [
      ...cells(row).map(cell => cell.matches(".number") ? amount(shown(cell)) : shown(cell)),
      row.dataset.unit ?? table.dataset.unit, ...[row.dataset.row, row.dataset.page ?? "", row.querySelector("[data-line]").dataset.line].map(amount),
    ]);
    return [[...headings, ...PLACE], ...rows];
  };

  const xml = text => text.replace(CONTROLS, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  const cellOf = (value, isHeading, isPlace) => typeof value === "number"
    ? `<c s="${isPlace ? 0 : 2}"><v>${value}</v></c>`
    : `<c t="inlineStr" s="${isHeading ? 1 : 0}"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  const sheetOf = rows => `${HEAD}<worksheet xmlns="${MAIN}"><cols><col min="1" max="${rows[0].length}" width="16" customWidth="1"/></cols><sheetData>${
    rows.map((row, number) => `<row>${row.map((value, column) => cellOf(value, number === 0, column >= row.length - PLACE.length)).join("")}</row>`).join("")
  }</sheetData></worksheet>`;

  /* The parts of a workbook; `sheets` are pairs of a name and rows. */
  const partsOf = sheets => {
    const each = write => sheets.map(([name], i) => write(i + 1, name)).join("");
    const override = (place, kind) => `<Override PartName="/xl/${place}.xml" ContentType="${TYPE}${kind}+xml"/>`;
    const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
    const relations = inner => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
    return [
      ["[Content_Types].xml", `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${
        override("workbook", "sheet.main")}${override("styles", "styles")}${each(n => override(`worksheets/sheet${n}`, "worksheet"))}</Types>`],
      ["_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml"))],
      ["xl/workbook.xml", `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${
        each((n, name) => `<sheet name="${xml(name)}" sheetId="${n}" r:id="r${n}"/>`)}</sheets></workbook>`],
      ["xl/_rels/workbook.xml.rels", relations(each(n => relation(`r${n}`, "worksheet", `worksheets/sheet${n}.xml`)) + relation("styles", "styles", "styles.xml"))],
      ["xl/styles.xml", `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00####"/></numFmts>` +
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
        '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>' +
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'],
      ...sheets.map(([, rows], i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetOf(rows)]),
    ];
  };

  const checksum = bytes => {
    let rest = -1;
    for (const byte of bytes) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit++) rest = rest >>> 1 ^ (rest & 1 ? 0xEDB88320 : 0);
    }
    return ~rest;
  };
  /* Numbers with their sizes in bytes, the lowest byte first */
  const packed = (...fields) => Uint8Array.from(
    fields.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => value >>> 8 * i & 255)));

  /* An archive of texts by their names, not compressed */
  const zipped = parts => {
    const encoder = new TextEncoder(), files = [], contents = [];
    let offset = 0;
    for (const [name, text] of parts) {
      const place = encoder.encode(name), content = encoder.encode(text), size = [4, content.length];
      const common = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 0x21], [4, checksum(content)], size, size, [2, place.length], [2, 0]];
      const file = [packed([4, 0x04034b50], ...common), place, content];
      files.push(...file);
      contents.push(packed([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), place);
      offset += file.reduce((sum, part) => sum + part.length, 0);
    }
    const size = contents.reduce((sum, part) => sum + part.length, 0), count = [2, parts.length];
    return [...files, ...contents, packed([4, 0x06054b50], [2, 0], [2, 0], count, count, [4, size], [4, offset], [2, 0])];
  };

  const workbook = tables => {
    const title = document.querySelector("h1").innerText;
    const named = text => text.replace(/[[\]:*?/\\']/g, " ").trim().slice(0, 31) || "1";
    const source = [["出处 Source"], [document.getElementById("citation").innerText.trim()], [title], [document.getElementById("address").href]];
    return zipped(partsOf([
      ...tables.map(table => [named(table.dataset.side || title), rowsOf(table)]), ["出处 Source", source],
    ]));
  };
  const csv = tables => ["\ufeff", ...tables.flatMap(rowsOf).map(row => row.map(
    value => typeof value === "number" ? value : `"${value.replace(FORMULA, "'").replace(/"/g, '""')}"`).join(",") + "\r\n")];
  const MADE = { xlsx: [workbook, `${TYPE}sheet`], csv: [csv, "text/csv"] };

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-download]")) {
      button.closest("[hidden]")?.removeAttribute("hidden");
      button.addEventListener("click", () => {
        const ending = button.dataset.download, [make, type] = MADE[ending];
        const blob = new Blob(make([...document.querySelectorAll("main table[data-unit]")]), { type });
        const name = location.pathname.split("/").pop().replace(/html$/, ending);
        const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      });
    }
  });
})();
