// Pulling with mouse, pen or finger. A finger that moves at once scrolls; one that rests first pulls.
import { gesture } from "./moving.js";

const EDGE = 70;
const STEP = 14;

/**
 * Watch for pulls of what `sourceOf(element)` finds. `hooks`: begin(source), over(pitch or null), drop(pitch or null).
 * Returns whether the click that follows belongs to a pull.
 */
export function watchPulls(document, window, { sourceOf, begin, over, drop }) {
  let pull = null; // {source, x, y, since, isTouch, isOn, ghost, at}
  let wasPull = false;

  const start = () => {
    pull.isOn = true;
    pull.ghost = ghost(document, pull.source);
    begin(pull.source);
    follow();
  };
  const follow = () => {
    pull.ghost.style.transform = `translate(${pull.at[0] + 12}px, ${pull.at[1] + 12}px)`;
    over(pitchAt(document, ...pull.at));
  };
  const roll = () => {
    if (!pull?.isOn) return;
    const [x, y] = pull.at;
    if (y < EDGE) window.scrollBy(0, -STEP);
    else if (y > window.innerHeight - EDGE) window.scrollBy(0, STEP);
    const frame = pitchFrame(document, x, y);
    if (frame) {
      const box = frame.getBoundingClientRect();
      if (x < box.left + EDGE / 2) frame.scrollLeft -= STEP;
      else if (x > box.right - EDGE / 2) frame.scrollLeft += STEP;
    }
    window.requestAnimationFrame(roll);
  };
  const stop = () => {
    window.clearTimeout(pull?.timer);
    pull?.ghost?.remove();
    pull = null;
  };

  document.addEventListener("pointerdown", (event) => {
    wasPull = false;
    const source = event.isPrimary && event.button === 0 ? sourceOf(event.target) : null;
    if (!source || pull) return;
    const isTouch = event.pointerType === "touch";
    pull = { source, x: event.clientX, y: event.clientY, at: [event.clientX, event.clientY], id: event.pointerId, isTouch };
    if (!isTouch) return;
    pull.timer = window.setTimeout(() => {
      if (pull && !pull.isOn && gesture({ isTouch, far: far(), ms: 350 }) === "pull") {
        start();
        window.requestAnimationFrame(roll);
      }
    }, 350);
  });
  const far = () => Math.hypot(pull.at[0] - pull.x, pull.at[1] - pull.y);
  document.addEventListener("pointermove", (event) => {
    if (!pull || event.pointerId !== pull.id) return;
    pull.at = [event.clientX, event.clientY];
    if (pull.isOn) return follow();
    const meant = gesture({ isTouch: pull.isTouch, far: far(), ms: 0 });
    if (meant === "scroll") stop();
    else if (meant === "pull") {
      start();
      window.requestAnimationFrame(roll);
    }
  });
  document.addEventListener("pointerup", (event) => {
    if (!pull || event.pointerId !== pull.id) return;
    const isOn = pull.isOn;
    const target = isOn ? pitchAt(document, event.clientX, event.clientY) : null;
    stop();
    if (!isOn) return;
    wasPull = true;
    drop(target);
  });
  document.addEventListener("pointercancel", () => {
    if (!pull) return;
    const isOn = pull.isOn;
    stop();
    if (isOn) drop(null);
  });
  // While a finger pulls, the page holds still, and nothing is marked, opened or dragged by the browser.
  document.addEventListener("touchmove", (event) => pull?.isOn && event.preventDefault(), { passive: false });
  for (const name of ["contextmenu", "dragstart", "selectstart"]) {
    document.addEventListener(name, (event) => pull && event.preventDefault());
  }
  return () => {
    const was = wasPull;
    wasPull = false;
    return was;
  };
}

function ghost(document, source) {
  const made = document.createElement("div");
  made.className = "plan-ghost";
  made.textContent = source.name;
  made.setAttribute("aria-hidden", "true");
  document.body.append(made);
  return made;
}

function pitchAt(document, x, y) {
  return document.elementFromPoint(x, y)?.closest("[data-pitch]") ?? null;
}

function pitchFrame(document, x, y) {
  return document.elementFromPoint(x, y)?.closest(".map-frame") ?? null;
}
