// What the page asks of the server. It decides; the page shows what it says.

/** How a booth would stand on every pitch, on a day or ("") on all. */
export async function hand(url, day) {
  return asked(`${url}/fits?${new URLSearchParams({ day })}`);
}

/** What putting a booth on pitches on a day, or ("") on all, would break; nothing is written. */
export async function check(url, numbers, day) {
  return asked(`${url}/check?${new URLSearchParams({ numbers: numbers.join(","), day })}`);
}

async function asked(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Do something; what comes back is the page after it, or the page that says why not. */
export async function act(url, values) {
  // A list is sent as many times as it has values: no days are all days.
  const pairs = Object.entries(values).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one]));
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(pairs) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { isDone: answer.ok, page, said: said(page, answer.ok) };
}

function said(page, isDone) {
  const parts = page.querySelectorAll(isDone ? "main .alert-text" : ".form-error-message, [data-focus] li, main .alert-text");
  return [...new Set([...parts].map((part) => part.textContent.trim()))].join(" ");
}

/** Put the parts of another page in the place of this one's, where they are marked as going stale. */
export function refresh(document, page) {
  const scrolled = [...document.querySelectorAll(".map-frame")].map((frame) => frame.scrollLeft);
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
  document.querySelectorAll(".map-frame").forEach((frame, n) => (frame.scrollLeft = scrolled[n] ?? 0));
}
