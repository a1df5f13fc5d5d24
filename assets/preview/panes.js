// The two panes of a document: its web page in a frame, and its laid-out pages.

import { ask, byId, make, word } from "./words.js";

const web = byId("web");
const pages = byId("pages");
const list = pages.querySelector("ol");
/** Scroll places of what was shown before, by document and pane. */
const places = new Map();
/** What the panes show; a slow answer to an earlier question is dropped. */
let shown = { key: null, html: null, asked: 0 };

function note(pane, text) {
  const paragraph = pane.querySelector("p");
  paragraph.hidden = !text;
  paragraph.textContent = text ?? "";
}

function frame() {
  return web.querySelector("iframe:not(.next)");
}

/** Shows a document: as it was, if it is the one that is shown already. */
export function show(key, publication, one, kind, unit, version) {
  if (shown.key !== key) {
    remember();
    shown = { ...shown, key, html: null };
    list.replaceChildren();
    web.querySelectorAll("iframe").forEach((old) => old.remove());
    pages.scrollTop = 0;
  }
  showWeb(one?.html ?? null, one ? "no_web" : "not_yet");
  showPages(publication, kind, unit, version);
}

/** Keeps the places of what is seen, for when somebody comes back to it. A pane that is not seen
    has none: what is kept of it stays. */
export function remember() {
  if (shown.key === null) return;
  const kept = places.get(shown.key) ?? { web: [0, 0], pages: 0 };
  if (web.clientHeight && frame()) kept.web = scrollOf(frame());
  if (pages.clientHeight) kept.pages = pages.scrollTop;
  places.set(shown.key, kept);
}

/** Goes back to the kept places, after panes were out of sight. */
export function restore() {
  const kept = places.get(shown.key);
  if (!kept) return;
  pages.scrollTop = kept.pages;
  if (frame()) scrollTo(frame(), kept.web);
}

function scrollOf(frame) {
  const { scrollX, scrollY } = frame.contentWindow;
  return [scrollX, scrollY];
}

function scrollTo(frame, [left, top]) {
  frame.contentWindow.scrollTo({ left, top, behavior: "instant" });
}

// The next page is loaded behind the one that is seen and takes its place when it is there, at
// the same scroll place: nothing flashes.
function showWeb(html, none) {
  note(web, html ? null : word(none));
  if (html === shown.html) return;
  shown.html = html;
  web.querySelectorAll("iframe.next").forEach((old) => old.remove());
  if (!html) {
    frame()?.remove();
    return;
  }
  const next = make("iframe", { className: "next", title: word("web") });
  // Without scripts: what is asked of it here is asked from outside.
  next.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  next.src = html;
  next.addEventListener("load", () => outwards(next));
  next.addEventListener("load", () => {
    const old = frame();
    const kept = places.get(shown.key)?.web ?? [0, 0];
    scrollTo(next, old && web.clientHeight ? scrollOf(old) : kept);
    const focused = document.activeElement === old;
    next.classList.remove("next");
    old?.remove();
    if (focused) next.focus({ preventScroll: true });
    next.dispatchEvent(new CustomEvent("shown", { bubbles: true }));
  }, { once: true });
  web.append(next);
}

// A frame without scripts shows no PDF, and other sites have no place in it: such links open
// beside it.
function outwards(frame) {
  for (const link of frame.contentDocument?.links ?? []) {
    if (link.origin === location.origin && link.pathname.endsWith(".html")) continue;
    link.target = "_blank";
    link.rel = "noopener";
  }
}

async function showPages(publication, kind, unit, version) {
  const asked = ++shown.asked;
  const has = ["notice", "breakdown", "sheet"].includes(kind);
  if (!has) {
    list.replaceChildren();
    note(pages, word("no_pages"));
    return;
  }
  if (!list.children.length) note(pages, word("laying_out"));
  pages.setAttribute("aria-busy", "true");
  const query = { id: publication, document: kind, unit, v: version };
  const answer = await ask("/api/pages", query).catch(() => undefined);
  if (asked !== shown.asked) return;
  pages.removeAttribute("aria-busy");
  if (answer === undefined) return;
  if (!answer?.pages) {
    const problem = answer?.problems?.[0]?.message;
    note(pages, list.children.length ? null : problem ?? word("not_yet"));
    return;
  }
  note(pages, null);
  await place(answer.pages);
}

// Pages that stay the same stay where they are; the others are loaded before they are changed.
async function place(wanted) {
  const asked = shown.asked;
  const fresh = list.children.length === 0;
  const near = Math.floor(pages.scrollTop / Math.max(1, list.firstElementChild?.offsetHeight ?? 1));
  await Promise.all(wanted.map(async (page, n) => {
    if (Math.abs(n - near) > 2 || list.children[n]?.dataset.name === page.name) return;
    const picture = new Image();
    picture.src = address(page);
    await picture.decode().catch(() => {});
  }));
  if (asked !== shown.asked) return;
  wanted.forEach((page, n) => {
    let item = list.children[n];
    if (!item) {
      item = make("li", {}, make("img", { loading: "lazy", decoding: "async" }));
      list.append(item);
    }
    const picture = item.firstElementChild;
    picture.alt = word("page_of", { n: n + 1, all: wanted.length });
    if (item.dataset.name === page.name) return;
    item.dataset.name = page.name;
    item.classList.toggle("turned", page.width > page.height);
    picture.width = Math.round(page.width * 10);
    picture.height = Math.round(page.height * 10);
    picture.src = address(page);
  });
  while (list.children.length > wanted.length) list.lastElementChild.remove();
  const before = places.get(shown.key);
  if (fresh && before) pages.scrollTop = before.pages;
  list.dispatchEvent(new CustomEvent("shown", { bubbles: true }));
}

const address = (page) => `/page/${page.name}.svg`;
