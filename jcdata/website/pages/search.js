/* Searches the index that jcdata/website/search_index.py writes: what is a term, and where it stands, is the same there. */
"use strict";
(() => {
  const SHARDS = 256, MOST_SHARDS = 4, CHUNKS_AT_ONCE = 6, MOST_OF_CHUNK = 20, AROUND = 60;
  const YUAN = { "元": 0, "千元": 3, "万元": 4, "万": 4, "百万元": 6, "亿元": 8, "亿": 8 };
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  /* Amounts are indexed without their sign, so that it decides nothing. */
  const FIGURE = /^[-−¥$]*(\d+(?:\.\d+)?)(%|元|千元|万元|万|百万元|亿元|亿)?$/;
  const WORDS = /[a-z\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const NUMBERS = /[0-9]+(?:\.[0-9]+)?%?/g;

  const given = new Map();
  window.jcdata = (name, value) => given.set(name, value);

  const loading = new Map();
  const load = (path, name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = path;
        script.onload = () => resolve(given.get(name));
        script.onerror = () => { loading.delete(name); reject(new Error(path)); };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };

  const normalised = text => text.normalize("NFKC").toLowerCase().trim()
    .replace(/(?<![0-9])\s+|\s+(?![0-9])/g, "").replace(/\s+/g, " ").replace(/(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g, "");
  const plain = number => {
    const [whole, decimals = ""] = number.replace("%", "").split(".");
    const kept = decimals.replace(/0+$/, "");
    return (whole.replace(/^0+/, "") || "0") + (kept && "." + kept);
  };
  /* Amounts are moved by their decimal point as text, so that none is rounded. */
  const fen = (number, powers) => {
    const [whole, decimals = ""] = number.split("."), places = powers + 2;
    if (decimals.replace(/0+$/, "").length > places) return null;
    return plain(whole + decimals.slice(0, places).padEnd(places, "0"));
  };
  const shardOf = term => {
    let value = 0;
    for (const sign of term) value = (Math.imul(value, 31) + sign.codePointAt(0)) >>> 0;
    return ((value ^ value >>> 15) >>> 0) % SHARDS;
  };
  const decoded = text => {
    const numbers = [], values = [];
    for (let i = 0, value = 0, shift = 0; i < text.length; i++) {
      const digit = DIGITS.indexOf(text[i]);
      value += (digit & 31) * 2 ** shift;
      shift += 5;
      if (digit < 32) { values.push(value); value = shift = 0; }
    }
    for (let i = 0, at = 0; i < values.length; i += 2) {
      at += values[i];
      for (let run = values[i + 1]; run >= 0; run--) numbers.push(at++);
    }
    return numbers;
  };

  /* A word of the query: the terms of which a chunk must have one, for each group, and where it stands in a chunk. */
  const wordOf = text => {
    const figure = text.match(FIGURE);
    if (figure) {
      const [, number, unit] = figure;
      const isShare = unit === "%", isMoney = unit !== undefined && !isShare, printed = plain(number);
      const amounts = (isMoney ? [YUAN[unit]] : [0, 4]).map(p => fen(number, p)).filter(a => a !== null);
      /* A share of the same digits as an amount of its line has no term of its own. */
      const groups = [[...amounts.map(a => "¥" + a), ...(isMoney ? [] : ["#" + printed])]];
      const prints = line => (line.match(NUMBERS) || []).some(n => plain(n) === printed && (!isShare || n.endsWith("%")));
      const holds = (line, own) => !isShare && own.some(a => amounts.includes(String(a))) || !isMoney && prints(line);
      return { text, groups, find: chunk => chunk.texts.flatMap((line, i) => holds(line, chunk.amounts[chunk.first + i] || []) ? [i] : []) };
    }
    const pairs = (text.match(WORDS) || []).flatMap(word => {
      const signs = [...word];
      return signs.slice(1).map((sign, i) => [signs[i] + sign]);
    });
    const numbers = pairs.length ? [] : (text.match(NUMBERS) || []).map(n => ["#" + plain(n)]);
    return {
      text, groups: [...pairs, ...numbers],
      find: chunk => {
        const found = [];
        for (let at = chunk.joined.indexOf(text); at >= 0; at = chunk.joined.indexOf(text, at + 1)) {
          const line = chunk.starts.findLastIndex(start => start <= at);
          if (found.at(-1) !== line) found.push(line);
        }
        return found;
      },
    };
  };

  /* The groups whose terms stand in few shards, spread over the query: those of one shard cost nothing more. */
  const chosen = groups => {
    const shards = new Set(), kept = [];
    const order = groups.map((group, i) => [i % 3 === 0 ? 0 : 1, group]).sort((a, b) => a[0] - b[0]);
    for (const [, group] of order) {
      const wanted = new Set([...shards, ...group.map(shardOf)]);
      if (wanted.size > MOST_SHARDS && kept.length) continue;
      wanted.forEach(shard => shards.add(shard));
      kept.push(group);
    }
    return { shards: [...shards], groups: kept };
  };

  const holders = async groups => {
    const wanted = chosen(groups);
    await Promise.all(wanted.shards.map(shard => load(`search/shard-${shard}.js`, `shard-${shard}`)));
    const of = term => {
      const shard = given.get(`shard-${shardOf(term)}`), at = shard.indexOf(`\n${term} `);
      return at < 0 ? [] : decoded(shard.slice(at + term.length + 2, shard.indexOf("\n", at + 1)));
    };
    const sets = wanted.groups.map(group => new Set(group.flatMap(of)));
    sets.sort((a, b) => a.size - b.size);
    return [...sets[0]].filter(number => sets.every(set => set.has(number)));
  };

  const opened = async (document, part) => {
    const name = `${document.folder}/${part}`;
    const [first, lines, amounts, places] = await load(`documents/${document.folder}/search-${part}.js`, name);
    const texts = lines.map(normalised), starts = [];
    let joined = "";
    for (const text of texts) { starts.push(joined.length); joined += text; }
    return { first, lines, amounts, places, texts, starts, joined };
  };

  /* Lines with all words, else those with the longest, as the others stand elsewhere in the chunk. */
  const hitsIn = (chunk, words) => {
    const found = words.map(word => word.find(chunk));
    if (found.some(lines => !lines.length)) return [];
    const all = found[0].filter(line => found.every(lines => lines.includes(line)));
    return all.length ? all : found[words.indexOf(words.reduce((a, b) => b.text.length > a.text.length ? b : a))];
  };

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children.filter(child => child !== null));
    return made;
  };
  const both = (zh, en) => [element("span", { className: "zh" }, zh), element("span", { className: "en", lang: "en" }, en)];
  const KINDS = [["预算", "budget"], ["决算", "final accounts"]];

  /* The part of a line around a word, which is marked where it stands as it was typed. */
  const snippet = (line, words) => {
    const folded = line.normalize("NFKC").toLowerCase();
    const typed = words.map(word => word.text).find(text => folded.length === line.length && folded.includes(text));
    if (typed === undefined) return [line.length > 3 * AROUND ? line.slice(0, 3 * AROUND) + "…" : line];
    const at = folded.indexOf(typed), from = Math.max(at - AROUND, 0), to = Math.min(at + typed.length + AROUND, line.length);
    return [from ? "…" : "", line.slice(from, at), element("mark", {}, line.slice(at, at + typed.length)),
      line.slice(at + typed.length, to), to < line.length ? "…" : ""];
  };

  const say = (zh, en) => document.getElementById("status").replaceChildren(...both(zh, en));
  const failed = () => say("索引无法读取。", "The index can't be read.");

  const linesPage = line => `lines-${Math.floor((line - 1) / index.linesOfPage) + 1}.html#l${line}`;
  let index;

  const hit = (document, chunk, at, words) => {
    const line = chunk.first + at, folder = `documents/${document.folder}/`;
    const place = chunk.places.find(([from, to]) => from <= line && line <= to);
    return element("li", {},
      element("a", { className: "hit", href: folder + linesPage(line) }, ...snippet(chunk.lines[at], words)),
      element("span", { className: "where" },
        element("a", { href: `units/${document.unitKey}.html` }, document.unit), ` ${document.year || ""} `, ...both(...KINDS[document.kind]), " · ",
        ...(place ? [element("a", { href: `${folder}${place[3]}#l${line}` }, place[2]), " · "] : []),
        element("a", { href: `${folder}index.html` }, ...both("文件", "document")), " · ", ...both(`第 ${line} 行`, `line ${line}`)));
  };

  const begin = () => {
    const form = document.getElementById("search"), list = document.getElementById("hits");
    const status = document.getElementById("status"), more = document.getElementById("more");
    const units = [...document.querySelectorAll("[data-unit]")];
    const kept = document.querySelector("#units > summary"), nothing = document.getElementById("no-units");
    const [linesOfPage, names, folders] = given.get("documents");
    let chunks = 0;
    const documents = folders.map(([folder, unit, year, kind, place, parts]) => {
      const [name, key] = names[unit];
      return { folder, unit: name, unitKey: key, year, kind, place, first: (chunks += parts) - parts, parts };
    });
    const ofChunk = documents.flatMap(document => Array.from({ length: document.parts }, (_, part) => [document, part]));
    index = { linesOfPage };
    let asked = 0;

    const filtered = () => {
      const { year, place, kind } = form.elements;
      return document => (!year.value || String(document.year) === year.value) && (!place.value || document.place === place.value)
        && (!kind.value || String(document.kind) === kind.value);
    };

    const show = async () => {
      const own = ++asked, texts = form.elements.q.value.trim().split(/\s+/).map(normalised).filter(Boolean);
      const passes = filtered(), passing = documents.filter(passes), wanted = new Set(passing.map(d => d.unitKey));
      list.replaceChildren();
      more.hidden = true;
      status.replaceChildren();
      const ofName = text => document => normalised(document.unit).includes(text) || String(document.year) === text;
      const isName = text => documents.some(ofName(text));
      const named = texts.length > 1 ? texts.filter(isName).slice(0, texts.length - (texts.every(isName) ? 1 : 0)) : [];
      const words = texts.filter(text => !named.includes(text)).map(wordOf);
      const ofUnits = new Set(documents.filter(d => texts.every(text => ofName(text)(d))).map(d => d.unitKey));
      const shownUnits = units.filter(unit => {
        unit.hidden = !wanted.has(unit.dataset.unit) || texts.length > 0 && !ofUnits.has(unit.dataset.unit);
        return !unit.hidden;
      });
      nothing.hidden = shownUnits.length > 0;
      kept.parentElement.open = shownUnits.length > 0 && (!texts.length || shownUnits.length <= 20);
      if (!texts.length) return;
      const groups = words.flatMap(word => word.groups);
      if (!groups.length) return say("请至少输入两个字，或一个数字。", "Type at least two characters, or a figure.");
      say("正在查找……", "Searching …");
      const holding = await holders(groups);
      if (own !== asked) return;
      const candidates = holding.filter(number => passes(ofChunk[number][0]) && named.every(text => ofName(text)(ofChunk[number][0])))
        .sort((a, b) => (ofChunk[b][0].year || 0) - (ofChunk[a][0].year || 0) || a - b);
      let count = 0, next = 0;
      const go = async () => {
        more.hidden = true;
        const some = candidates.slice(next, next + CHUNKS_AT_ONCE);
        const found = await Promise.all(some.map(number => opened(...ofChunk[number])));
        if (own !== asked) return;
        next += some.length;
        found.forEach((chunk, i) => {
          const hits = hitsIn(chunk, words);
          count += hits.length;
          list.append(...hits.slice(0, MOST_OF_CHUNK).map(at => hit(ofChunk[some[i]][0], chunk, at, words)));
        });
        const left = candidates.length - next;
        more.hidden = left === 0;
        if (!count && left) return go();
        say(count ? `${count} 处${left ? "，还有 " + left + " 段原文待查" : ""}` : "没有找到。",
          count ? `${count} places${left ? ", " + left + " more parts of documents to search" : ""}` : "Nothing found.");
        more.onclick = () => go().catch(failed);
      };
      await go();
    };

    let timer;
    const ask = () => show().catch(failed);
    const later = () => { clearTimeout(timer); timer = setTimeout(ask, 120); };
    form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(timer); ask(); });
    form.addEventListener("input", event => { if (!event.isComposing) later(); });
    form.elements.q.addEventListener("compositionend", later);
    const parameters = new URLSearchParams(location.search);
    for (const name of ["q", "year", "place", "kind"]) if (parameters.has(name)) form.elements[name].value = parameters.get(name);
    ask();
  };

  document.addEventListener("DOMContentLoaded", () => load("search/documents.js", "documents").then(begin).catch(failed));
})();
