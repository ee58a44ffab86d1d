// Parts of a page that renew themselves: while somebody types in a form, or every so often. Without script the form's
// button does it, or loading the page.

import { put } from "./live.js";

const TYPED_MS = 500;

/** Ask the page for itself, with what is typed where a form does, and put its part of the same id in the place of this one. */
export async function renew(part, { address, options = {} }, { window, document }) {
  try {
    const answer = await window.fetch(address, { credentials: "same-origin", redirect: "error", ...options });
    const page = new window.DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.innerHTML !== part.innerHTML) put(part, fresh.innerHTML, document);
    return Boolean(fresh);
  } catch {
    return false; // No connection, or overtaken by a later question: what stands there stays.
  }
}

/** Let a form with data-renews, the id of a part, show there what the server makes of what is typed. */
export function renewTyped(document, window) {
  for (const form of document.querySelectorAll("form[data-renews]")) watch(form, document, window);
}

function watch(form, document, window) {
  const part = document.getElementById(form.dataset.renews);
  const byHand = form.querySelector("[data-by-hand]");
  const button = byHand.querySelector("button");
  let timer = 0;
  let asking = null;
  byHand.hidden = true;
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      asking?.abort();
      asking = new window.AbortController();
      const body = new window.URLSearchParams(new window.FormData(form));
      body.set(button.name, button.value);
      await renew(part, { address: form.action, options: { method: "POST", body, signal: asking.signal } }, { window, document });
    }, TYPED_MS);
  });
}

/** Renew each part with data-renews-every, so many milliseconds apart, while the page is looked at. */
export function renewOften(document, window) {
  for (const part of document.querySelectorAll("[data-renews-every]")) {
    window.setInterval(() => {
      if (!document.hidden) renew(part, { address: window.location.href }, { window, document });
    }, Number(part.dataset.renewsEvery));
  }
}
