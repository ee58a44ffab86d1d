// What is typed into a step of the sign-up stays on the device until it is saved: a lost connection loses nothing.
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

/** Forget what was sent from other pages: having come here, it arrived. What was sent from this very page did not. */
export function settle(storage, path, now) {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(PREFIX)) continue;
    const there = key.slice(PREFIX.length);
    const found = kept(storage, there, now);
    if (!found || (found.isSent && there !== path)) storage.removeItem(key);
  }
}

/** Values of a form's fields by name, as [name, value] pairs; files and secrets are left out. */
export function values(form) {
  return [...form.elements]
    .filter((field) => field.name && !["file", "hidden", "password", "submit"].includes(field.type))
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

/** Put pairs back into a form; true when that changed anything. */
export function restore(form, pairs) {
  let isChanged = false;
  for (const field of form.elements) {
    if (!field.name || ["file", "hidden", "password", "submit"].includes(field.type)) continue;
    const own = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) {
      const isChecked = own.includes(field.value);
      isChanged ||= field.checked !== isChecked;
      field.checked = isChecked;
    } else if (own.length && field.value !== own[0]) {
      field.value = own[0];
      isChanged = true;
    }
  }
  return isChanged;
}

/** Keep what is typed into the marked form, and fill it in again where it was not saved. */
export function keepTyped(document, window) {
  let storage;
  try {
    storage = window.localStorage;
  } catch {
    return; // A browser that keeps nothing.
  }
  const path = window.location.pathname;
  settle(storage, path, Date.now());
  const form = document.querySelector("[data-keep]");
  if (!form) return;
  const found = kept(storage, path, Date.now());
  const notice = form.querySelector("[data-kept]");
  if (found && restore(form, found.pairs) && notice) notice.hidden = false;
  const put = (isSent) => {
    try {
      storage.setItem(PREFIX + path, JSON.stringify({ at: Date.now(), pairs: values(form), isSent }));
    } catch {
      // No room: the page works as it would without.
    }
  };
  form.addEventListener("input", () => put(false));
  form.addEventListener("submit", () => put(true));
}
