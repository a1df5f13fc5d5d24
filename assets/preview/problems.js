// What keeps the last build from being shown, over the last good one.

import { byId, word } from "./words.js";
import { fill } from "./findings.js";

const box = byId("problems");
const button = byId("problems-show");
let errors = [];
/** What somebody closed: it comes back when it is something else. */
let closed = "";

const sign = (list) => JSON.stringify(list.map(({ id, ...rest }) => rest));

export function showProblems(problems, failed) {
  const before = sign(errors);
  errors = failed ? problems.filter((problem) => problem.severity === "error") : [];
  fill(byId("problems-list"), errors);
  for (const count of document.querySelectorAll("#problems .count, #problems-show .count")) {
    count.textContent = errors.length;
  }
  if (!errors.length) {
    closed = "";
    hide();
    byId("announce").textContent = "";
  } else if (sign(errors) !== before && sign(errors) !== closed) {
    open();
    byId("announce").textContent = `${word("problems")}: ${errors[0].message}`;
  }
}

function hide() {
  const inside = box.contains(document.activeElement);
  box.hidden = true;
  button.hidden = errors.length === 0;
  if (inside) (button.hidden ? byId("main") : button).focus();
}

function open() {
  box.hidden = false;
  button.hidden = true;
}

byId("problems-minimise").addEventListener("click", hide);
byId("problems-close").addEventListener("click", () => {
  closed = sign(errors);
  hide();
  button.hidden = true;
});
button.addEventListener("click", () => {
  open();
  byId("problems-title").focus();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !box.hidden) hide();
});
