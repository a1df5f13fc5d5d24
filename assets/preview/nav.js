// The lists at the side: publications, documents, sheets.

import { byId, keyed, make, word } from "./words.js";
import { link, same } from "./place.js";

const filter = byId("filter");
let sheets = [];
let here = {};

filter.addEventListener("input", () => showSheets());

/** Counts as small marks, worded for those who do not see colours. */
export function badges(counts) {
  const marks = ["error", "warning", "hint"].filter((severity) => counts[severity] > 0);
  return marks.map((severity) =>
    make("span", { className: `badge ${severity}`, title: word(`${severity}s`) },
      make("span", { className: "unseen" }, `${word(`${severity}s`)} `),
      String(counts[severity])));
}

function entry(place, label, ...more) {
  const anchor = make("a", { href: link(place) }, make("span", { className: "name" }, label), ...more);
  if (same(place, here)) anchor.setAttribute("aria-current", "page");
  return make("li", {}, anchor);
}

export function showPublications(publications, place) {
  here = place;
  const signature = (one) => JSON.stringify([one, one.id === place.publication]);
  keyed(byId("publications"), publications, (one) => one.id, signature, (one) => {
    const anchor = make("a", { href: link({ publication: one.id, kind: "notice" }) },
      make("span", { className: "name" }, one.title ?? one.id,
        make("small", {}, one.number ?? one.id)),
      one.made ? null : make("span", { className: "badge error" }, word("not_built")));
    if (one.id === place.publication) anchor.setAttribute("aria-current", "true");
    return make("li", {}, anchor);
  });
}

/** What a document is called: the first one by its kind, such as 通知 or 函. */
export function named(kind, publication, unit) {
  const [name, n] = kind.split("-");
  return word(name === "notice" ? publication.document : name, { unit, n });
}

export function showDocuments(one, documents, place) {
  here = place;
  const { id: publication, counts } = one;
  const others = documents.filter((one) => one.kind !== "sheet").map((one) => one.kind);
  // The notice is there even before it could be built.
  const kinds = [...new Set(["notice", ...others]), "findings"];
  const signature = (kind) => JSON.stringify([publication, one.document, place.kind === kind, kind === "findings" && counts]);
  keyed(byId("documents"), kinds, (kind) => kind, signature, (kind) =>
    entry({ publication, kind }, named(kind, one), ...(kind === "findings" ? badges(counts) : [])));
  byId("documents-section").hidden = false;
  sheets = documents.filter((one) => one.kind === "sheet").map((one) => ({ publication, kind: "sheet", unit: one.unit }));
  byId("sheets-section").hidden = sheets.length === 0;
  byId("sheets-count").textContent = sheets.length;
  showSheets();
}

function showSheets() {
  const wanted = filter.value.trim();
  const shown = sheets.filter((sheet) => sheet.unit.includes(wanted));
  keyed(byId("sheets"), shown, (sheet) => sheet.unit,
    (sheet) => JSON.stringify([sheet, same(sheet, here)]),
    (sheet) => entry(sheet, sheet.unit));
  byId("no-unit").hidden = shown.length > 0;
}

export function hideDocuments() {
  byId("documents-section").hidden = true;
  byId("sheets-section").hidden = true;
}
