// The words of the page, in its language, and small helpers for elements.

const words = JSON.parse(document.getElementById("words").textContent);

/** A word by its name, with values for what stands in braces. */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

export const byId = (id) => document.getElementById(id);

/** An element with properties and children; text is text, never markup. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes the children of a list those of `items`, in order. An item whose key and signature are
    as before keeps its element, and with it focus, selection and what is open in it. */
export function keyed(list, items, key, signature, build) {
  const old = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const [name, sign] = [key(item), signature(item)];
    const before = old.get(name);
    if (before?.dataset.sign === sign) return before;
    const element = build(item, before);
    element.dataset.key = name;
    element.dataset.sign = sign;
    return element;
  });
  const focused = list.contains(document.activeElement)
    ? document.activeElement.closest("[data-key]")?.dataset.key
    : undefined;
  wanted.forEach((element, place) => {
    if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
  });
  while (list.children.length > wanted.length) list.lastElementChild.remove();
  // The focus stays on what has the same name, though it is another element now.
  if (focused !== undefined && !list.contains(document.activeElement)) {
    const same = wanted.find((element) => element.dataset.key === focused);
    same?.querySelector("a, button")?.focus({ preventScroll: true });
  }
}

/** Asks the server for JSON; null when it has none of this. */
export async function ask(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given).toString();
  const response = await fetch(search ? `${path}?${search}` : path);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}
