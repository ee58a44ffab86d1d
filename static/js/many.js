// Rows of a form of which there can be more or fewer, without asking the server. Without this, its buttons ask the server.
const PLACE = "ROW";

/** The number for one more row: one above all that the names of fields have, such as 3 after "options-2-da". */
export function nextNumber(names) {
  const numbers = names.map((name) => Number(/-(\d+)/.exec(name)?.[1] ?? -1));
  return Math.max(-1, ...numbers) + 1;
}

/** A name, with the number of the row in its place. */
export function numbered(name, number) {
  return name.replace(PLACE, String(number));
}

/** Let the buttons of [data-many] add a copy of its [data-blank] row, and take a row away. */
export function watchMany(document) {
  for (const frame of document.querySelectorAll("[data-many]")) watch(frame);
}

function watch(frame) {
  const more = frame.querySelector("[data-more]");
  const rows = () => [...frame.querySelectorAll("[data-one]")];
  const renumber = () => {
    for (const [index, row] of rows().entries()) {
      for (const said of row.querySelectorAll("[data-number]")) said.textContent = String(index + 1);
    }
    more.parentElement.hidden = rows().length >= Number(frame.dataset.many);
  };
  frame.addEventListener("click", (event) => {
    const less = event.target.closest("[data-less]");
    if (!less && event.target.closest("[data-more]") !== more) return;
    event.preventDefault();
    if (less) takeAway(less.closest("[data-one]"), more);
    else add(frame, more);
    renumber();
  });
}

function add(frame, more) {
  const row = frame.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
  const number = nextNumber([...frame.querySelectorAll("[name]")].map((field) => field.name));
  for (const one of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "value"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, numbered(one.getAttribute(name), number));
    }
  }
  more.parentElement.before(row);
  row.querySelector("input:not([type=hidden])").focus();
}

function takeAway(row, more) {
  const next = row.nextElementSibling;
  row.remove();
  (next?.matches("[data-one]") ? next.querySelector("input:not([type=hidden])") : more).focus();
}
