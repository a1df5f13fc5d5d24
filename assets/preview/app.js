// The preview: listens to the builds, and shows what is to be seen where somebody is.

import { ask, byId, word } from "./words.js";
import * as place from "./place.js";
import { hideDocuments, named, showDocuments, showPublications } from "./nav.js";
import { remember, restore, show } from "./panes.js";
import { showFindings } from "./findings.js";
import { showProblems } from "./problems.js";

let state = null;
let news = { version: 0, building: true };
let lost = false;
let turn = 0;

function showState() {
  const status = byId("state");
  // What is told of and not yet shown counts as being built.
  const waits = news.building || state?.version !== news.version;
  const now = lost ? "lost" : waits ? "building" : state.failed ? "failed" : "built";
  const seconds = state ? state.seconds.toFixed(1) : "";
  if (status.dataset.state !== now || now === "built") {
    status.dataset.state = now;
    status.textContent = word(now, { s: seconds });
  }
}

/** Gets the state of a build and shows it. */
async function refresh() {
  const mine = ++turn;
  const fresh = await ask("/api/state");
  if (mine !== turn) return;
  state = fresh;
  showProblems(state.problems, state.failed);
  await showPlace(mine);
  if (mine === turn) document.body.dataset.version = state.version;
  showState();
}

async function showPlace(mine = ++turn) {
  if (!state) return;
  const here = place.read();
  const known = state.publications.find((one) => one.id === here.publication);
  const current = known ?? state.publications[0];
  if (!current) {
    showPublications([], here);
    hideDocuments();
    showNothing(word(state.version ? "no_publication" : "building"));
    return;
  }
  // A publication that is gone (renamed, deleted) leaves whoever looks at it with another.
  if (!known) {
    here.publication = current.id;
    here.kind = here.kind === "findings" ? "findings" : "notice";
    here.unit = null;
    history.replaceState(null, "", place.link(here));
  }
  showPublications(state.publications, here);
  const publication = await ask("/api/publication", { id: here.publication });
  if (mine !== turn || !publication) return;
  showDocuments(current, publication.documents, here);
  showDocument(here, current, publication);
}

function showNothing(text) {
  byId("panes").hidden = true;
  byId("findings").hidden = true;
  byId("view").hidden = true;
  byId("empty").hidden = false;
  byId("empty").textContent = text;
  byId("title").textContent = "";
  byId("subtitle").textContent = "";
}

function showDocument(here, current, publication) {
  const isFindings = here.kind === "findings";
  const wereAway = byId("panes").hidden;
  byId("empty").hidden = true;
  byId("findings").hidden = !isFindings;
  byId("panes").hidden = isFindings;
  byId("view").hidden = isFindings;
  const name = named(here.kind, current, here.unit);
  byId("title").textContent = name;
  byId("subtitle").textContent = current.title ?? current.id;
  document.title = `${name} · ${current.title ?? current.id}`;
  const one = publication.documents.find((document) =>
    document.kind === here.kind && (document.unit ?? null) === (here.unit ?? null));
  for (const [id, address] of [["open-web", one?.html], ["open-pdf", one?.pdf]]) {
    byId(id).hidden = isFindings || !address;
    if (address) byId(id).href = address;
  }
  if (isFindings) {
    showFindings(publication.findings);
  } else {
    show(place.link(here), here.publication, one, here.kind, here.unit, state.version);
    if (wereAway) restore();
  }
}

place.onChange(() => {
  remember();
  closeMenu();
  showPlace();
});

// Links inside the frame lead to other documents of the list: the page goes along.
byId("web").addEventListener("shown", (event) => {
  event.target.addEventListener("load", () => follow(event.target));
});

async function follow(frame) {
  const path = frame.contentWindow?.location.pathname;
  const here = place.read();
  const publication = await ask("/api/publication", { id: here.publication });
  const one = publication?.documents.find((document) =>
    document.html && new URL(document.html, location).pathname === path);
  if (!one) return;
  const there = { publication: here.publication, kind: one.kind, unit: one.unit };
  if (!place.same(here, there)) location.hash = place.link(there);
}

// --- The view: both panes or one, kept for the next time ---

const narrow = matchMedia("(max-width: 59.99rem)");

function showView() {
  const kept = localStorage.getItem("view") ?? "both";
  const view = narrow.matches && kept === "both" ? "web" : kept;
  byId("panes").dataset.view = view;
  for (const radio of document.getElementsByName("view")) radio.checked = radio.value === view;
}

byId("view").addEventListener("change", (event) => {
  localStorage.setItem("view", event.target.value);
  remember();
  showView();
  restore();
});
narrow.addEventListener("change", showView);
showView();

// --- The menu of small windows ---

function closeMenu() {
  const open = byId("menu").getAttribute("aria-expanded") === "true";
  byId("menu").setAttribute("aria-expanded", "false");
  if (open) byId("main").focus();
}

byId("menu").addEventListener("click", () => {
  const open = byId("menu").getAttribute("aria-expanded") === "true";
  byId("menu").setAttribute("aria-expanded", String(!open));
  if (!open) byId("nav").querySelector("[aria-current], a")?.focus();
});
byId("nav").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || byId("menu").getAttribute("aria-expanded") !== "true") return;
  byId("menu").setAttribute("aria-expanded", "false");
  byId("menu").focus();
});

// --- The builds ---

let events = null;

function hear(event) {
  const before = news;
  news = JSON.parse(event.data);
  const back = lost;
  lost = false;
  showState();
  // After a new start of the server its builds count from one again.
  if (!state || news.version !== before.version || back) {
    refresh().catch(() => { news = { ...news, version: -1 }; });
  }
}

// Nobody looks at a hidden tab, and a browser keeps few connections to one address: some tabs
// that all listen would leave none to ask with.
function listen() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource("/api/events");
  events.addEventListener("message", hear);
  events.addEventListener("error", () => {
    lost = true;
    showState();
  });
}

document.addEventListener("visibilitychange", listen);
listen();
