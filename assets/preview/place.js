// Where somebody is: publication and document. It stands in the address, so that it outlives the
// page.

/** A document: its kind (`findings` is one too) and, of a sheet, the unit. */
export function read() {
  const query = new URLSearchParams(location.hash.slice(1));
  return {
    publication: query.get("p"),
    kind: query.get("d") ?? "notice",
    unit: query.get("u"),
  };
}

/** The address of a place. */
export function link({ publication, kind, unit }) {
  const query = new URLSearchParams({ p: publication, d: kind });
  if (unit) query.set("u", unit);
  return `#${query}`;
}

export function same(a, b) {
  return a.publication === b.publication && a.kind === b.kind && (a.unit ?? null) === (b.unit ?? null);
}

/** Calls back when the place changes. */
export function onChange(callback) {
  addEventListener("hashchange", callback);
}
