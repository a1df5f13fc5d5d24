// The findings of the rules, and the messages over the page. Each leads to its lines.

import { ask, byId, keyed, make, word } from "./words.js";

let all = [];

/** The place as editors and terminals take it. */
function placeOf(finding) {
  return finding.file ? `${finding.file}:${finding.line}:${finding.column}` : null;
}

/** Equal for findings that say the same at the same place, whatever build they are of. */
const signature = ({ id, ...rest }) => JSON.stringify(rest);

/** A finding with a button that opens its lines. */
export function item(finding, before) {
  const place = placeOf(finding);
  const box = make("div", { className: "source", hidden: true });
  const element = make("li", { className: `finding ${finding.severity}` },
    make("p", { className: "head" },
      make("span", { className: `badge ${finding.severity}` }, word(finding.severity)),
      make("strong", {}, finding.message),
      make("code", {}, finding.code)));
  if (finding.help) element.append(make("p", { className: "help" }, finding.help));
  if (finding.detail) element.append(make("p", { className: "detail" }, finding.detail));
  if (place) {
    const copy = make("button", { type: "button", className: "copy" }, word("copy"));
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place);
      copy.textContent = word("copied");
      setTimeout(() => { copy.textContent = word("copy"); }, 2000);
    });
    element.append(make("p", { className: "where" }, opener(place, element, undefined, box), copy));
  }
  finding.notes.forEach((note, n) => {
    const opens = opener(placeOf(note), element, n, box);
    element.append(make("p", { className: "where" }, make("span", {}, `${note.message} `), opens));
  });
  element.append(box);
  element.dataset.id = finding.id;
  // What was open stays open.
  if (before?.querySelector("[aria-expanded=true]") && place) element.querySelector(".open").click();
  return element;
}

function opener(place, element, note, box) {
  const button = make("button", { type: "button", className: "open" }, place);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", async () => {
    const open = button.getAttribute("aria-expanded") === "true";
    element.querySelectorAll(".open").forEach((other) => other.setAttribute("aria-expanded", "false"));
    box.hidden = open;
    if (open) return;
    button.setAttribute("aria-expanded", "true");
    const excerpt = await ask("/api/source", { id: element.dataset.id, note }).catch(() => null);
    box.replaceChildren(excerpt ? lines(excerpt) : make("p", { className: "quiet" }, word("source_gone")));
  });
  return button;
}

function lines(excerpt) {
  const rows = excerpt.lines.map((line) => {
    const pieces = line.pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
    const row = make("span", { className: "line" },
      make("span", { className: "number", ariaHidden: "true" }, String(line.number)), ...pieces, "\n");
    row.classList.toggle("at", line.number === excerpt.line);
    return row;
  });
  const code = make("pre", { tabIndex: 0 }, ...rows);
  code.setAttribute("aria-label", `${excerpt.file}:${excerpt.line}`);
  return code;
}

/** Fills a list; findings that stay keep what is open in them. */
export function fill(list, findings) {
  const seen = new Map();
  const keyOf = new Map(findings.map((finding) => {
    // The line may move, and a finding may be there twice.
    const name = `${finding.code} ${finding.file} ${finding.message}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [finding, `${name} ${count}`];
  }));
  keyed(list, findings, (finding) => keyOf.get(finding), signature, item);
  // The ids are those of the last build.
  [...list.children].forEach((child, place) => { child.dataset.id = findings[place].id; });
}

export function showFindings(findings) {
  all = findings;
  for (const radio of document.getElementsByName("severity")) {
    const count = radio.parentElement.querySelector("b");
    if (count) count.textContent = all.filter((finding) => finding.severity === radio.value).length;
  }
  filter();
}

function filter() {
  const severity = document.querySelector("[name=severity]:checked").value;
  const text = byId("filter-findings").value.trim().toLowerCase();
  const shown = all.filter((finding) =>
    (!severity || finding.severity === severity)
    && `${finding.message} ${finding.code} ${placeOf(finding) ?? ""}`.toLowerCase().includes(text));
  fill(byId("findings-list"), shown);
  byId("findings-none").textContent = shown.length ? "" : word(all.length ? "none_match" : "no_findings");
}

byId("severities").addEventListener("change", filter);
byId("filter-findings").addEventListener("input", filter);
