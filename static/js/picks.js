// What is ticked in the review list stays ticked over pages and filters, in this tab alone, until something is done with it.
const PREFIX = "picks:";

/** What is ticked under a name: code → when the page was made on which it was last seen. */
export function read(storage, name) {
  try {
    return JSON.parse(storage.getItem(PREFIX + name)) ?? {};
  } catch {
    return {};
  }
}

/** Keep what is ticked; nothing is kept where nothing is ticked. */
export function write(storage, name, picks) {
  try {
    if (Object.keys(picks).length) storage.setItem(PREFIX + name, JSON.stringify(picks));
    else storage.removeItem(PREFIX + name);
  } catch {
    // No room: the page's own ticks work as they would without.
  }
}

/** The picks after a page was looked at: what is ticked there counts as seen now, what isn't goes. */
export function looked(picks, lines, seenAt) {
  const found = { ...picks };
  for (const [code, isTicked] of lines) {
    if (isTicked) found[code] = seenAt;
    else delete found[code];
  }
  return found;
}

/** The codes that are ticked and don't stand on this page. */
export function away(picks, codes) {
  return Object.keys(picks).filter((code) => !codes.includes(code));
}

/** The moment to send with them: what was seen first. What changed since then is left alone and told. */
export function oldest(picks, seenAt) {
  return Object.values(picks).reduce((first, one) => (Date.parse(one) < Date.parse(first) ? one : first), seenAt);
}

/** How many are ticked, in the words of the page; empty for none. */
export function said(words, all, elsewhere) {
  return all ? words.replace("{all}", String(all)).replace("{away}", String(elsewhere)) : "";
}

function storageOf(window) {
  try {
    return window.sessionStorage;
  } catch {
    return null; // A browser that keeps nothing.
  }
}

/** Bring ticks back to the page, count them, and send those of other pages along. */
export function watchPicks(document, window) {
  const storage = storageOf(window);
  if (!storage) return;
  const sent = document.querySelector("[data-picks-sent]");
  sent?.addEventListener("submit", () => write(storage, sent.dataset.picksSent, {}));
  const form = document.querySelector("[data-picks]");
  if (form) watchList(document, window, form, storage);
}

function watchList(document, window, form, storage) {
  const name = form.dataset.picks;
  const boxes = [...document.querySelectorAll("[data-pick]")];
  const codes = boxes.map((box) => box.value);
  const { count, clear, page } = partsOf(document, form);
  const seen = form.elements.namedItem("seen_at");
  const seenAt = seen.value;
  const show = () => {
    const picks = read(storage, name);
    for (const box of boxes) box.checked = box.value in picks;
    page.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    count.textContent = said(count.dataset.words, Object.keys(picks).length, away(picks, codes).length);
    clear.hidden = !Object.keys(picks).length;
  };
  const look = () => {
    const lines = boxes.map((box) => [box.value, box.checked]);
    write(storage, name, looked(read(storage, name), lines, seenAt));
    show();
  };
  page.closest("[data-pick-page]").hidden = false;
  page.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
    look();
  });
  for (const box of boxes) box.addEventListener("change", look);
  clear.addEventListener("click", () => {
    write(storage, name, {});
    show();
  });
  window.addEventListener("pageshow", show); // Also when one comes back to it by the browser's arrow.
  form.addEventListener("submit", () => {
    const picks = read(storage, name);
    seen.value = oldest(picks, seenAt);
    sendAlong(document, form, away(picks, codes));
  });
  show();
  look();
}

function partsOf(document, form) {
  return {
    count: form.querySelector("[data-pick-count]"),
    clear: form.querySelector("[data-pick-clear]"),
    page: document.querySelector("[data-pick-page] input"),
  };
}

function sendAlong(document, form, codes) {
  for (const old of form.querySelectorAll("[data-picked]")) old.remove();
  for (const code of codes) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "code", value: code });
    field.dataset.picked = "";
    form.append(field);
  }
}
