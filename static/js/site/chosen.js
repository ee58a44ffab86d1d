// The panel of what is chosen: what all of it says alike, changed for all of it at once.
import { lieOf, putAt, said, turnedBy } from "./edits.js";
import { alike, counted } from "./find.js";
import { degrees, middleOf, radians, rounded } from "./geometry.js";
import { isPitch, sortOf } from "./things.js";
import { typedNumber } from "./words.js";

export class Chosen {
  /** `editor` has drawing, words, refused (fields with messages by id), taken. */
  constructor(editor, panel) {
    Object.assign(this, { editor, panel });
    this.fields = [...panel.querySelectorAll("[data-field]")];
    this.count = panel.querySelector("[data-chosen-count]");
    this.who = panel.querySelector("[data-chosen-who]");
    panel.addEventListener("change", (event) => event.target.matches("[data-field]") && this.#changed(event.target));
    for (const form of panel.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Show what is chosen now. */
  update() {
    const { drawing, words } = this.editor;
    const those = drawing.those;
    const sorts = new Set(those.map(sortOf));
    this.panel.classList.toggle("is-empty", !those.length);
    this.count.textContent = those.length ? this.#counted(those) : words.say("none_chosen");
    const names = those.length === 1 && isPitch(those[0]) ? this.editor.taken[those[0].was] : "";
    this.who.textContent = names ? words.say("taken_by", { who: names }) : "";
    for (const part of this.panel.querySelectorAll("[data-sorts]")) part.hidden = !this.#fits(part, those, sorts);
    for (const field of this.fields) if (!field.closest("[hidden]")) this.#fill(field, those);
  }

  #counted(those) {
    const { say, listed } = this.editor.words;
    if (those.length === 1) return say("one_chosen", { name: this.editor.spoken(those[0]) });
    const parts = Object.entries(counted(those)).filter(([, count]) => count);
    return say("some_chosen", { what: listed(parts.map(([sort, count]) => say(`count_${sort}`, { count }))) });
  }

  #fits(part, those, sorts) {
    const wanted = part.dataset.sorts.split(" ");
    const isOne = !("one" in part.dataset) || those.length === 1;
    const isShaped = !part.dataset.shape || those.every((one) => part.dataset.shape.split(" ").includes(one.shape));
    return those.length > 0 && isOne && isShaped && [...sorts].every((sort) => wanted.includes(sort));
  }

  #fill(field, those) {
    this.#mark(field, those);
    if (field === document.activeElement && field.type !== "checkbox" && field.tagName !== "SELECT") return;
    field.value = this.#shown(field, those);
  }

  #shown(field, those) {
    const [one] = those;
    const { typed } = this.editor.words;
    const name = field.dataset.field;
    if (name === "right" || name === "down") {
      return one.points.length ? typed(rounded(middleOf(one.points)[name === "right" ? 0 : 1])) : "";
    }
    if (name === "turned") return typed(rounded(degrees(lieOf(one)), 1));
    const value = alike(those, name);
    if (value === undefined) return "";
    if (field.dataset.kind === "flag") return value === true ? "yes" : "no";
    return typeof value === "number" ? typed(value) : (value ?? "");
  }

  #mark(field, those) {
    const { refused } = this.editor;
    const found = those.flatMap((one) => refused.get(one.id) ?? []).filter((one) => one.field === field.dataset.field);
    const message = field.parentElement.querySelector("[data-message]");
    field.setAttribute("aria-invalid", String(found.length > 0));
    if (message) message.textContent = found[0]?.message ?? "";
  }

  #changed(field) {
    const { drawing } = this.editor;
    const { field: name, kind } = field.dataset;
    const value = this.#value(field, kind);
    if (value === undefined) return this.update();
    if (["right", "down", "turned"].includes(name)) return this.#put(name, value);
    return drawing.change((things) => said(things, drawing.chosen, name, value));
  }

  #value(field, kind) {
    if (kind === "flag") return { yes: true, no: false }[field.value];
    return typedValue(field.value, kind);
  }

  #put(name, value) {
    const { drawing } = this.editor;
    const [one] = drawing.those;
    if (typeof value !== "number") return this.update();
    if (name === "turned") return drawing.change((things) => turnedBy(things, [one.id], radians(value) - lieOf(one)));
    const [right, down] = one.points.length ? middleOf(one.points) : [0, 0];
    return drawing.change((things) => putAt(things, one.id, name === "right" ? [value, down] : [right, value]));
  }
}

/** What a field says: a number where one is meant and written, nothing, or the text as it is, for the server to judge. */
export function typedValue(text, kind) {
  const plain = text.trim();
  if (kind !== "number") return plain;
  if (!plain) return null;
  return typedNumber(plain) ?? plain;
}

