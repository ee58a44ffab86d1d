// A part of another page, fetched when it is unfolded: data-load says which part of the page that its link leads to.
// Without script, or where it can't be had, the link is there.

/** The part of a page that a mark finds, or null. */
async function partOf(address, mark, window) {
  try {
    const answer = await window.fetch(address);
    if (!answer.ok) return null;
    return new window.DOMParser().parseFromString(await answer.text(), "text/html").querySelector(mark);
  } catch {
    return null; // No connection: the link says so when it is pressed.
  }
}

/** Fetch a fold's part into it, once. */
export async function load(fold, window) {
  const link = fold.querySelector("a");
  if (!fold.open || !link || fold.dataset.isLoading) return;
  fold.dataset.isLoading = "1";
  const part = await partOf(link.href, fold.dataset.load, window);
  if (part) link.parentElement.replaceWith(part);
  else delete fold.dataset.isLoading;
}

/** Let each fold that asks for it fetch its part when it is opened. */
export function loadFolds(document, window) {
  for (const fold of document.querySelectorAll("details[data-load]")) fold.addEventListener("toggle", () => load(fold, window));
}
