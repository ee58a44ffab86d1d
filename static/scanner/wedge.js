// A USB or Bluetooth scanner that types: characters in quick succession, closed by Enter or Tab.

const GAP_MS = 120;
const SHORTEST = 6;

/** A function onKey(key, at) that answers the text when a scanner has typed one, else null. */
export function makeWedge(gapMs = GAP_MS) {
  let typed = "";
  let lastAt = Number.NEGATIVE_INFINITY;
  return function onKey(key, at) {
    if (at - lastAt > gapMs) typed = "";
    if (key === "Enter" || key === "Tab") {
      const text = typed;
      typed = "";
      return text.length >= SHORTEST ? text : null;
    }
    if ([...key].length === 1) {
      typed += key;
      lastAt = at;
    }
    return null;
  };
}
