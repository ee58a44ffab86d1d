// What is typed into a step of the sign-up stays on the device until it is saved: a lost connection loses nothing.
import { takeBack } from "./wrong.js";

const PREFIX = "kept:";
const DAYS = 7;

/** What is kept under a path, or null when there is nothing or it is too old. */
export function kept(storage, path, now) {
  try {
    const found = JSON.parse(storage.getItem(PREFIX + path));
    return found && now - found.at < DAYS * 86_400_000 ? found : null;
  } catch {
    return null;
  }
}

/** Forget what the server says it has saved, and what is too old. Nothing else arrived for certain. */
export function settle(storage, saved, now) {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(PREFIX)) continue;
    const path = key.slice(PREFIX.length);
    if (saved.includes(path) || !kept(storage, path, now)) storage.removeItem(key);
  }
}

// Files and secrets stay out, and what only this very page asks (data-unkept).
function isKept(field) {
  if (!field.name || ["file", "hidden", "password", "submit"].includes(field.type)) return false;
  return field.dataset?.unkept === undefined;
}

/** Values of a form's fields by name, as [name, value] pairs. */
export function values(form) {
  return [...form.elements]
    .filter(isKept)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

/** Put pairs back into a form; true when that changed anything. */
export function restore(form, pairs) {
  let isChanged = false;
  const change = (field, name, value) => {
    if (field[name] === value) return;
    field[name] = value;
    isChanged = true;
    takeBack(field); // It was said of what stood there.
    const fold = field.closest?.("details");
    if (fold) fold.open = true; // What is filled in again is to be seen.
  };
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const own = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) change(field, "checked", own.includes(field.value));
    else if (own.length) change(field, "value", own[0]);
  }
  return isChanged;
}

/** Under which path a form's values are kept: the one that it names, else where it is sent to, which for most is its own page. */
export function pathOf(form, window) {
  if (form.dataset?.keep) return form.dataset.keep;
  return new URL(form.getAttribute("action") || "", window.location.href).pathname;
}

/** Keep what is typed into the marked forms, fill it in again where it was not saved, and say where such is kept. */
export function keepTyped(document, window) {
  let storage;
  try {
    storage = window.localStorage;
  } catch {
    return; // A browser that keeps nothing.
  }
  settle(storage, [...document.querySelectorAll("[data-saved]")].map((mark) => mark.dataset.saved), Date.now());
  sayWhatIsKept(document, window, storage);
  for (const form of document.querySelectorAll("form[data-keep]")) keepForm(form, window, storage);
}

/** Once the connection is back, a notice that there is none gives way to one that nothing was sent yet. */
export function watchConnection(document, window) {
  window.addEventListener("online", () => {
    for (const notice of document.querySelectorAll("[data-offline]:not([hidden])")) {
      const again = notice.nextElementSibling;
      const holdsFocus = notice.contains(document.activeElement);
      notice.hidden = true;
      if (!again?.matches("[data-online]")) continue;
      again.hidden = false;
      if (holdsFocus) again.focus();
    }
  });
}

/** Show what a page says for the case that something typed is kept for an address: that in the mark, else the page's own. */
function sayWhatIsKept(document, window, storage) {
  const at = (mark) => mark.dataset.keptAt || window.location.pathname;
  const marks = [...document.querySelectorAll("[data-kept-at]")].filter((mark) => kept(storage, at(mark), Date.now()));
  const whole = document.querySelector("[data-kept-any]");
  for (const mark of marks) mark.hidden = false;
  if (!whole || !marks.length) return;
  whole.hidden = false;
  whole.querySelector("[data-forget]").onclick = () => {
    for (const mark of marks) storage.removeItem(PREFIX + at(mark));
    whole.hidden = true;
  };
}

function keepForm(form, window, storage) {
  const path = pathOf(form, window);
  const found = kept(storage, path, Date.now());
  const notice = form.querySelector("[data-kept]");
  if (found && restore(form, found.pairs) && notice) notice.hidden = false;
  const put = () => {
    if (![...form.elements].some(isKept)) return; // Only buttons.
    try {
      storage.setItem(PREFIX + path, JSON.stringify({ at: Date.now(), pairs: values(form) }));
    } catch {
      // No room: the page works as it would without.
    }
  };
  form.addEventListener("input", put);
  form.addEventListener("submit", (event) => {
    put();
    holdOffline(event, form, window);
  });
}

/** Without a connection, stay on the page and say so: the browser's own page would lead away from what was typed. */
export function holdOffline(event, form, window) {
  const notice = form.querySelector("[data-offline]") ?? form.ownerDocument.querySelector("[data-offline]");
  if (!notice) return;
  const isOffline = window.navigator.onLine === false;
  notice.hidden = !isOffline;
  const again = notice.nextElementSibling; // What is said once the connection is back.
  if (again?.matches("[data-online]")) again.hidden = true;
  if (!isOffline) return;
  event.preventDefault();
  const button = event.submitter ?? undefined; // It may say where to go on.
  notice.querySelector("[data-try-again]").onclick = () => form.requestSubmit(button);
  notice.scrollIntoView({ block: "center" });
  notice.focus();
}
