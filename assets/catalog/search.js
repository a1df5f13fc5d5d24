// The search of the catalogue. The index lies in script files that are loaded when a query needs
// them: a page opened from a folder may load scripts, but read no files. src/catalog/search makes
// them; what a character is searched as stands there (fold.rs) and here, and tests hold the two together.
"use strict";

const yinfaCatalog = (() => {
  const root = document.body.dataset.root;
  const SHOWN = 20;
  const EXCERPT = 140;

  // --- Files ---------------------------------------------------------------------------------

  let core = null;
  const index = new Map();
  const texts = new Map();
  const loading = new Map();
  const loaded = { files: 0 };

  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}search/${name}.js`;
        script.onload = () => {
          loaded.files += 1;
          resolve();
        };
        script.onerror = () => {
          // Another try may find it.
          loading.delete(name);
          script.remove();
          reject(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  // --- What a text is searched as ------------------------------------------------------------

  const WORD = /[\p{Alphabetic}\p{N}]/u;
  const DIGIT = /^[0-9]$/;

  // Characters with the place in the text that each comes from.
  function fold(text) {
    const signs = [];
    let at = 0;
    for (const c of text) {
      for (const sign of c.normalize("NFKC")) {
        for (const small of sign.toLowerCase()) {
          signs.push({ sign: small, at, end: at + c.length });
        }
      }
      at += c.length;
    }
    const folded = [];
    let inside = false;
    let gap = false;
    signs.forEach((one, place) => {
      const digit = (other) => other !== undefined && DIGIT.test(other.sign);
      const between = digit(signs[place - 1]) && digit(signs[place + 1]);
      if (one.sign === "," && between) return;
      if (!WORD.test(one.sign) && !(one.sign === "." && between)) {
        inside = false;
        gap = true;
        return;
      }
      const ascii = one.sign < "\u0080";
      folded.push({ ...one, begins: ascii && !inside, gap });
      inside = ascii;
      gap = false;
    });
    return folded;
  }

  // What stands between blanks and punctuation, each once.
  function terms(query) {
    const all = [];
    for (const one of fold(query)) {
      if (all.length === 0 || one.gap) all.push([]);
      all.at(-1).push(one);
    }
    const once = new Map();
    for (const term of all) {
      const text = term.map((one) => one.sign).join("");
      if (!once.has(text)) once.set(text, term);
    }
    return [...once.values()];
  }

  // --- The index -----------------------------------------------------------------------------

  // Pairs are in the order of code points.
  function before(a, b) {
    const [x, y] = [Array.from(a), Array.from(b)];
    for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
      const difference = x[i].codePointAt(0) - y[i].codePointAt(0);
      if (difference !== 0) return difference < 0;
    }
    return x.length < y.length;
  }

  // The file in which a pair would stand: the last one that does not begin behind it.
  function fileOf(pair) {
    let [low, high] = [0, core.first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(pair, core.first[middle])) high = middle;
      else low = middle + 1;
    }
    return Math.max(0, low - 1);
  }

  const SIGNS = new Map(
    Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", (sign, value) => [sign.charCodeAt(0), value]),
  );
  const STRIDE = 0x100000;

  // Places as numbers: entry times STRIDE plus offset.
  function decode(text) {
    const places = [];
    let [value, shift, entry, offset, step, second] = [0, 0, 0, 0, 0, false];
    for (let i = 0; i < text.length; i += 1) {
      const digit = SIGNS.get(text.charCodeAt(i));
      value += (digit & 31) * 2 ** shift;
      shift += 5;
      if (digit > 31) continue;
      if (second) {
        offset = step === 0 ? offset + value : value;
        places.push(entry * STRIDE + offset);
      } else {
        step = value;
        entry += step;
      }
      second = !second;
      [value, shift] = [0, 0];
    }
    return places;
  }

  async function places(pair) {
    const file = fileOf(pair);
    await load(`i${file}`);
    return decode(index.get(file)?.[pair] ?? "");
  }

  // All places of a character, whatever follows.
  async function placesOf(sign) {
    const [from, to] = [fileOf(`${sign} `), fileOf(`${sign}\u{10FFFF}`)];
    const files = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    await Promise.all(files.map((file) => load(`i${file}`)));
    const all = [];
    for (const file of files) {
      for (const [pair, text] of Object.entries(index.get(file) ?? {})) {
        if (pair.startsWith(sign)) all.push(...decode(text));
      }
    }
    return all;
  }

  // The entries in which a term stands.
  async function find(term) {
    const signs = term.map((one) => one.sign);
    if (signs.length === 1 && term[0].begins) {
      return entriesOf(await places(` ${signs[0]}`));
    }
    if (signs.length === 1) return entriesOf(await placesOf(signs[0]));
    const pairs = signs.slice(1).map((sign, i) => signs[i] + sign);
    const wanted = pairs.map((pair) => places(pair));
    if (term[0].begins) wanted.push(places(` ${signs[0]}`));
    const lists = await Promise.all(wanted);
    // The rarest first: what it rules out need not be looked for in the others.
    const order = lists.map((list, i) => ({ list, step: i < pairs.length ? i : 0 }));
    order.sort((a, b) => a.list.length - b.list.length);
    let starts = order[0].list.map((place) => place - order[0].step);
    for (const { list, step } of order.slice(1)) {
      const there = new Set(list);
      starts = starts.filter((start) => there.has(start + step));
    }
    return entriesOf(starts);
  }

  function entriesOf(list) {
    return new Set(list.map((place) => Math.floor(place / STRIDE)));
  }

  // The entries in which all terms stand, in the order of the results: the newest first.
  async function search(query) {
    await load("core");
    const wanted = terms(query);
    if (wanted.length === 0) return [];
    const [first, ...others] = await Promise.all(wanted.map(find));
    return [...first].filter((entry) => others.every((set) => set.has(entry))).sort((a, b) => a - b);
  }

  // --- Results -------------------------------------------------------------------------------

  // Where terms stand in a text: pairs of begin and end.
  function hits(text, wanted) {
    const folded = fold(text);
    const found = [];
    for (const term of wanted) {
      for (let i = 0; i + term.length <= folded.length; i += 1) {
        const is = term.every((one, j) => folded[i + j].sign === one.sign);
        if (is && (!term[0].begins || folded[i].begins)) {
          found.push([folded[i].at, folded[i + term.length - 1].end]);
        }
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const joined = [];
    for (const [begin, end] of found) {
      const last = joined.at(-1);
      if (last !== undefined && begin <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([begin, end]);
    }
    return joined;
  }

  // A text with its hits marked, cut around the first one.
  function marked(element, text, wanted, cut) {
    const found = hits(text, wanted);
    let [from, to] = [0, text.length];
    if (cut && text.length > EXCERPT) {
      from = Math.max(0, Math.min((found[0]?.[0] ?? 0) - 40, text.length - EXCERPT));
      to = from + EXCERPT;
      // Not inside a character of two units.
      if (/[\uDC00-\uDFFF]/.test(text[from])) from -= 1;
      if (to < text.length && /[\uDC00-\uDFFF]/.test(text[to])) to += 1;
    }
    let at = from;
    if (from > 0) element.append("…");
    for (const [begin, end] of found) {
      if (end <= from || begin >= to) continue;
      element.append(text.slice(at, Math.max(begin, at)));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(Math.max(begin, from), Math.min(end, to));
      element.append(mark);
      at = Math.min(end, to);
    }
    element.append(text.slice(at, to));
    if (to < text.length) element.append("…");
    return found.length;
  }

  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  function hit(entry, wanted) {
    const file = texts.get(Math.floor(entry / core.texts));
    const [place, anchor, head, text, names] = file.entries[entry % core.texts];
    const [slug, title, number, date] = file.documents[place];
    const item = document.createElement("li");
    const link = element("a", "title");
    link.href = `${root}p/${slug}/index.html${anchor === "" ? "" : `#${anchor}`}`;
    marked(link, title, wanted, false);
    const where = element("p", "about");
    for (const part of [anchor === "" ? "" : number, head, date]) {
      if (!part) continue;
      const span = document.createElement("span");
      marked(span, part, wanted, false);
      where.append(span);
    }
    item.append(link, where);
    const body = element("p", "text");
    const rest = anchor === "" && text.startsWith(title) ? text.slice(title.length).trim() : text;
    marked(body, rest, wanted, true);
    if (rest !== "") item.append(body);
    if (names !== "") {
      const line = element("p", "lead");
      marked(line, names, wanted, true);
      item.append(line);
    }
    return item;
  }

  // --- The page ------------------------------------------------------------------------------

  const page = {};
  let found = [];
  let wanted = [];
  let shown = 0;
  let run = 0;

  function read() {
    const hash = new URLSearchParams(location.hash.slice(1));
    // A form that was sent before the script ran.
    const sent = new URLSearchParams(location.search);
    return { query: hash.get("q") ?? sent.get("q") ?? "", year: hash.get("y") ?? "" };
  }

  function write(query, year) {
    const hash = new URLSearchParams();
    if (query !== "") hash.set("q", query);
    if (year !== "") hash.set("y", year);
    return hash.size === 0 ? "" : `#${hash}`;
  }

  async function more() {
    const mine = run;
    const next = found.slice(shown, shown + SHOWN);
    const files = new Set(next.map((entry) => Math.floor(entry / core.texts)));
    await Promise.all([...files].map((file) => load(`t${file}`)));
    if (mine !== run) return;
    const list = next.map((entry) => hit(entry, wanted));
    page.hits.append(...list);
    const first = shown > 0 ? list[0]?.querySelector("a") : null;
    shown += next.length;
    page.more.hidden = shown >= found.length;
    first?.focus();
  }

  function within(year) {
    const place = core.years.findIndex(([name]) => name === year);
    if (place < 0) return found;
    const [from, to] = [core.years[place][1], core.years[place + 1]?.[1] ?? core.entries];
    return found.filter((entry) => entry >= from && entry < to);
  }

  function fillYears(year) {
    const names = [...new Set(core.years.map(([name]) => name))];
    page.year.replaceChildren(new Option("全部", ""), ...names.map((name) => new Option(`${name}年`, name)));
    page.year.value = names.includes(year) ? year : "";
  }

  async function show() {
    const { query, year } = read();
    run += 1;
    const mine = run;
    page.input.value = query;
    const empty = terms(query).length === 0;
    // Bookmarks and the history of the browser tell queries apart.
    document.title = query.trim() === "" ? page.title : `${query}——${page.title}`;
    page.results.hidden = query.trim() === "";
    page.browse.hidden = query.trim() !== "";
    page.hits.replaceChildren();
    page.more.hidden = true;
    if (query.trim() === "") {
      page.status.textContent = "";
      return;
    }
    if (empty) {
      page.status.textContent = "请输入文字或数字。";
      return;
    }
    page.status.textContent = "正在查找……";
    const started = performance.now();
    try {
      const all = await search(query);
      if (mine !== run) return;
      found = all;
      wanted = terms(query);
      fillYears(year);
      found = within(page.year.value);
      shown = 0;
      await more();
      if (mine !== run) return;
      page.status.textContent = found.length === 0
        ? `没有找到“${query}”。请换一个说法，或少写几个词。`
        : `“${query}”：找到 ${found.length} 条。`;
      page.results.dataset.milliseconds = Math.round(performance.now() - started);
    } catch (error) {
      if (mine !== run) return;
      page.status.textContent = `索引文件 search/${error.message}.js 读不出来，请刷新后再试。`;
    }
  }

  function start() {
    const form = document.querySelector("form[data-search]");
    page.input = form.querySelector("input");
    page.results = document.getElementById("results");
    const here = page.results !== null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const hash = write(page.input.value.trim(), "");
      if (!here) {
        location.href = `${root}index.html${hash}`;
      } else if (hash !== location.hash && hash !== "") {
        location.hash = hash;
      } else {
        history.replaceState(null, "", hash === "" ? location.pathname : hash);
        show();
      }
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, select, textarea");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        page.input.focus();
        page.input.select();
      }
    });
    if (!here) return;
    page.title = document.title;
    for (const id of ["status", "hits", "more", "year", "browse"]) page[id] = document.getElementById(id);
    page.more.addEventListener("click", more);
    page.year.addEventListener("change", () => {
      location.hash = write(read().query, page.year.value);
    });
    window.addEventListener("hashchange", show);
    show();
  }

  start();

  return {
    core: (value) => {
      core = value;
    },
    index: (place, value) => index.set(place, value),
    texts: (place, value) => texts.set(place, value),
    // For tests.
    fold,
    terms,
    search,
    loaded,
  };
})();
