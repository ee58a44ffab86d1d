// Forms on paper are typed in by keys alone: digits choose, Backspace empties, Enter goes on. Without this it is a plain form.

/** Which of `count` choices a digit means; on a scale from 0 the digit is the answer, and 0 after 1 is 10. */
export function meant(digit, count, isScale, chosen) {
  const place = isScale ? (digit === 0 && chosen === 1 ? 10 : digit) : digit - 1;
  return place >= 0 && place < count ? place : -1;
}

/** Whether a part is asked, after what is chosen for the question that it hangs on. */
function isAsked(form, part) {
  if (!part.dataset.askedAfter) return true;
  const chosen = [...form.querySelectorAll(`[name="${part.dataset.askedAfter}"]:checked`)].map((input) => input.value);
  return chosen.some((value) => part.dataset.answers.split(" ").includes(value));
}

function goOn(form, part) {
  const parts = [...form.querySelectorAll("[data-typed]")];
  const next = parts.slice(parts.indexOf(part) + 1).find((one) => isAsked(form, one));
  (next ? next.querySelector("input, select, textarea") : form.querySelector("button[type=submit]")).focus();
}

function choose(part, event) {
  const inputs = [...part.querySelectorAll("input[type=radio], input[type=checkbox]")];
  if (!inputs.length) return;
  if (event.key === "Backspace") for (const input of inputs) input.checked = false;
  if (!/^[0-9]$/.test(event.key)) return;
  const place = meant(
    Number(event.key),
    inputs.length,
    part.dataset.kind === "rating",
    inputs.findIndex((one) => one.checked),
  );
  if (place < 0) return;
  inputs[place].focus();
  inputs[place].click();
  event.preventDefault();
}

function listen(form) {
  form.addEventListener("keydown", (event) => {
    const part = event.target.closest("[data-typed]");
    if (!part || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key !== "Enter") choose(part, event);
    else if (!event.shiftKey) {
      event.preventDefault();
      goOn(form, part);
    }
  });
  const wrong = form.querySelector("[aria-invalid]");
  (wrong ?? form.querySelector("[data-typed]")?.querySelector("input, select, textarea"))?.focus();
}

const form = globalThis.document?.querySelector("[data-typing]");
if (form) listen(form);
