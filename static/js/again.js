// A page about work that goes on looks again by itself; without script there is a link for it.

/** Reload the page after as many milliseconds as it asks for. */
export function lookAgain(document, window) {
  const asked = document.querySelector("[data-look-again]");
  if (asked) window.setTimeout(() => window.location.reload(), Number(asked.dataset.lookAgain));
}
