// The review list by keyboard. Keys typed into a field are the field's.

/** What a key asks for in a list, or "" where it asks for nothing or belongs to a field. */
export function wish(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const target = event.target;
  const isTyped = target?.matches?.("input:not([type=checkbox]), select, textarea") ?? false;
  if (isTyped) return "";
  return { j: "next", k: "previous", x: "tick", "/": "search" }[event.key] ?? "";
}

/** The line to go to from one of `count` lines; -1 stands for none yet. */
export function step(from, count, by) {
  if (count === 0) return -1;
  if (from < 0) return by > 0 ? 0 : count - 1;
  return Math.min(Math.max(from + by, 0), count - 1);
}

/** Let keys move through the lines of the page. */
export function listenToRows(document) {
  const frame = document.querySelector("[data-rows]");
  if (!frame) return;
  const lines = [...frame.querySelectorAll("tbody tr")];
  const search = document.querySelector("[data-search]");
  const keys = document.querySelector("[data-keys]");
  if (keys) keys.hidden = false;
  const here = () => lines.findIndex((line) => line.contains(document.activeElement));
  const go = (by) => lines[step(here(), lines.length, by)]?.querySelector("a")?.focus();
  document.addEventListener("keydown", (event) => {
    const wanted = wish(event);
    if (!wanted) return;
    if (wanted === "next") go(1);
    else if (wanted === "previous") go(-1);
    else if (wanted === "search") search?.focus();
    else lines[here()]?.querySelector("[data-pick]")?.click();
    event.preventDefault();
  });
}
