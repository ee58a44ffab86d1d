// The small forms beside the plan: a row along a kerb, what else is drawn, numbering anew.
import { rounded } from "./geometry.js";
import { isCountable } from "./numbers.js";
import { rowOf, outlines } from "./rows.js";
import { typedNumber } from "./words.js";

const FIELDS = ["from-right", "from-down", "to-right", "to-down"];

/** A form whose fields are found by their names. */
export class Fields {
  constructor(form) {
    this.form = form;
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  text(name) {
    return this.field(name).value.trim();
  }

  number(name) {
    return typedNumber(this.field(name).value);
  }

  isTicked(name) {
    return this.field(name).checked;
  }

  put(name, value) {
    this.field(name).value = value;
  }

  /** Fill fields with what would do, as long as nobody has typed something else into any of them. */
  suggest(values) {
    const told = Object.keys(values).map((name) => this.text(name)).join("\n");
    if (told !== (this.suggested ?? told)) return;
    for (const [name, value] of Object.entries(values)) this.put(name, value);
    this.suggested = Object.values(values).join("\n");
  }

  /** What was typed has been done: the next time something is suggested again. */
  forget() {
    this.suggested = undefined;
  }

  /** Which of some fields hold no number in its bounds; each is marked, and the first one gets the focus. */
  wrong(bounds) {
    const found = Object.entries(bounds).filter(([name, [least, most]]) => {
      const value = this.number(name);
      const isWrong = value === null || value < least || value > most;
      this.field(name).toggleAttribute("aria-invalid", isWrong);
      if (isWrong) this.field(name).setAttribute("aria-invalid", "true");
      return isWrong;
    });
    if (found.length) this.field(found[0][0]).focus();
    return found.map(([name]) => name);
  }
}

export class RowForm extends Fields {
  /** `typed` writes a number as it stands in a field. */
  constructor(form, typed = String) {
    super(form);
    this.typed = typed;
  }

  /** Its line, as two points; null until both are there. */
  get line() {
    const [a, b, c, d] = FIELDS.map((name) => this.number(name));
    return [a, b, c, d].includes(null) ? null : { from: [a, b], to: [c, d] };
  }

  /** Fill its line in. */
  set line({ from, to }) {
    [...from, ...to].forEach((part, n) => this.put(FIELDS[n], this.typed(rounded(part))));
  }

  /** What stands in it, along a line. */
  row(line) {
    const count = this.number("count");
    return {
      ...line,
      width: this.number("width") ?? 0,
      depth: this.number("depth") ?? 0,
      gap: this.number("gap") ?? 0,
      count: count === null ? null : Math.min(500, Math.floor(count)),
      side: this.text("which-side"),
      prefix: this.text("prefix"),
      start: this.text("start") || "1",
      step: 1,
    };
  }

  /** The outlines that would come of it along a line. */
  planned(line) {
    const row = this.row(line);
    return row.width > 0 && row.depth > 0 ? outlines(row) : [];
  }

  /** The pitches, or null where something in the form is wrong: it is marked. */
  made(newId, flags) {
    const any = [-100_000, 100_000];
    const bounds = { width: [0.2, 100], depth: [0.2, 100], gap: [0, 100] };
    for (const name of FIELDS) bounds[name] = any;
    if (this.text("count")) bounds.count = [1, 500];
    if (this.wrong(bounds).length) return null;
    if (!isCountable(this.text("start"))) {
      this.field("start").focus();
      return null;
    }
    const told = { side: this.text("side"), zone: this.text("zone"), board: this.text("board") };
    for (const flag of flags) told[flag] = this.isTicked(flag);
    return rowOf(this.row(this.line), told, newId);
  }
}

export class NumberForm extends Fields {
  /** The rule that stands in it, or null where it is none: the field is marked. */
  get rule() {
    const [start, step] = [this.text("start"), this.number("step")];
    const isGood = isCountable(start, step ?? 0);
    this.field("start").setAttribute("aria-invalid", String(!isGood));
    if (!isGood) {
      this.field("start").focus();
      return null;
    }
    return { prefix: this.text("prefix"), start, step, direction: this.text("direction"), isMeasured: this.isTicked("is-measured") };
  }
}

export class AddForm extends Fields {
  constructor(form, kinds) {
    super(form);
    this.kinds = kinds;
    this.field("kind").addEventListener("change", () => this.#offer());
    this.field("shape").addEventListener("change", () => this.#ask());
    this.#offer();
  }

  /** Only shapes that the kind is drawn with. */
  #offer() {
    const shapes = this.shapes;
    for (const option of this.field("shape").options) {
      option.hidden = option.disabled = !shapes.includes(option.value);
    }
    this.put("shape", shapes[0]);
    this.#ask();
  }

  /** A width is asked for where there is one. */
  #ask() {
    const field = this.field("width").parentElement;
    if (field) field.hidden = !this.hasWidth;
  }

  get hasWidth() {
    return this.shape === "LineString" && this.kind === "fire_lane";
  }

  /** The code under which the new thing is known, where one was typed: a board has no other name. */
  get code() {
    return this.kind === "board" ? this.text("label") : "";
  }

  get kind() {
    return this.text("kind");
  }

  get shapes() {
    return this.kinds.find((one) => one.kind === this.kind)?.shapes ?? ["Point"];
  }

  get shape() {
    return this.text("shape");
  }

  /** What the new thing says, with its name. */
  told(name) {
    if (this.kind === "board") return { kind: "board", board: name, capacity_kw: 0, phases: 3 };
    const width = this.hasWidth ? { width_m: this.number("width") ?? 3 } : {};
    return { kind: this.kind, code: name, label: this.text("label"), ...width };
  }
}
