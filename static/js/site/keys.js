// What a key asks for on the plan. Letters are found by where they lie, so that an Arabic keyboard has them too.

const STEP_M = 0.1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { KeyN: "next", KeyP: "previous", KeyS: "split", KeyV: "choose", KeyM: "tape", KeyK: "row", KeyB: "box" };
const NAMED = {
  Escape: "escape", Enter: "enter", Delete: "delete", Backspace: "delete", PageDown: "next", PageUp: "previous",
  "+": "nearer", "=": "nearer", "-": "farther", 0: "fit",
};

/** {wish, …} of a key pressed on the plan, or null where it is the browser's. */
export function wishOf(event) {
  if (event.altKey) return null;
  const withCtrl = event.ctrlKey || event.metaKey;
  const arrow = ARROWS[event.key];
  if (arrow) return { wish: "arrow", by: arrow.map((part) => part * (withCtrl ? 10 : event.shiftKey ? 1 : STEP_M)) };
  if (withCtrl) return withControl(event);
  if (event.code === "KeyR") return { wish: "turn", by: event.shiftKey ? -5 : 5 };
  if (event.code === "KeyT") return { wish: "turn", by: event.shiftKey ? -1 : 1 };
  const wish = LETTERS[event.code] ?? NAMED[event.key];
  return wish ? { wish, isMore: event.shiftKey } : null;
}

function withControl(event) {
  if (event.code === "KeyA") return { wish: "all" };
  if (event.code === "KeyD") return { wish: "duplicate" };
  if (event.key === "Enter") return { wish: "finish" };
  return stepOf(event);
}

/** Undo or redo, wherever in the editor it is pressed; null for other keys. */
export function stepOf(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  if (event.code === "KeyZ") return { wish: event.shiftKey ? "redo" : "undo" };
  return event.code === "KeyY" ? { wish: "redo" } : null;
}
