// The same drawing as a table: an equal way to edit it, page by page.
import { said } from "./edits.js";
import { typedValue } from "./chosen.js";
import { matching } from "./find.js";
import { kindOf, nameOf, sortOf } from "./things.js";

const ROWS = 50;
const flag = (field) => ({ field, kind: "flag" });
const written = (field, list = "") => ({ field, kind: "text", list });
const measured = (field) => ({ field, kind: "number" });

export class Table {
  /** `editor` has drawing, words, refused, broken, taken, wordOf(kind), choose(ids) and offers (names of flags). */
  constructor(editor, root) {
    Object.assign(this, { editor, root, page: 0, found: [], rows: [] });
    this.columns = {
      pitch: [
        written("number"), measured("width_m"), measured("depth_m"), measured("along_m"), written("zone"),
        written("side"), written("board", "site-boards"), ...editor.offers.map(flag),
      ],
      board: [written("board"), measured("capacity_kw"), measured("phases")],
      feature: [{ field: "kind", kind: "word" }, written("code"), written("label"), measured("width_m")],
    };
    for (const name of ["sort", "words", "only", "table", "pages", "all"]) this[name] = root.querySelector(`[data-table-${name}]`);
    this.sort.addEventListener("change", () => this.#anew());
    this.words.addEventListener("input", () => this.#again());
    this.only.addEventListener("change", () => this.#again());
    this.all.addEventListener("click", () => editor.choose(this.found.map((thing) => thing.id), "table"));
    for (const button of root.querySelectorAll("[data-turn]")) button.addEventListener("click", () => this.#turn(Number(button.dataset.turn)));
    this.table.addEventListener("change", (event) => this.#changed(event.target));
    this.#anew();
  }

  #anew() {
    const { say } = this.editor.words;
    const heads = ["column_chosen", ...this.columns[this.sort.value].map(({ field }) => `column_${field}`), "column_found"];
    const row = document.createElement("tr");
    for (const head of heads) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = say(head);
      row.append(cell);
    }
    this.table.tHead.replaceChildren(row);
    this.table.tBodies[0].replaceChildren();
    this.rows = [];
    this.#again();
  }

  #again() {
    this.page = 0;
    this.update();
  }

  #turn(by) {
    this.page += by;
    this.update();
  }

  /** Show the page on which a thing stands. */
  reveal(id) {
    const thing = this.editor.drawing.things.get(id);
    if (!thing) return;
    if (sortOf(thing) !== this.sort.value) {
      this.sort.value = sortOf(thing);
      this.#anew();
    }
    const place = this.found.indexOf(thing);
    if (place >= 0) this.page = Math.floor(place / ROWS);
    this.update();
  }

  /** Show what is drawn now. */
  update() {
    const { drawing, words } = this.editor;
    const all = matching(drawing.things, this.sort.value, this.words.value, (thing) => this.editor.wordOf(kindOf(thing)));
    this.found = this.only.checked ? all.filter((thing) => drawing.chosen.has(thing.id)) : all;
    const last = Math.max(0, Math.ceil(this.found.length / ROWS) - 1);
    this.page = Math.min(Math.max(this.page, 0), last);
    const shown = this.found.slice(this.page * ROWS, (this.page + 1) * ROWS);
    while (this.rows.length < shown.length) this.#addRow();
    while (this.rows.length > shown.length) this.rows.pop().remove();
    this.rows.forEach((row, n) => this.#fill(row, shown[n]));
    this.pages.textContent = words.say("pages", { count: this.found.length, page: this.page + 1, pages: last + 1 });
    for (const button of this.root.querySelectorAll("[data-turn]")) {
      button.disabled = Number(button.dataset.turn) < 0 ? this.page === 0 : this.page === last;
    }
  }

  #addRow() {
    const row = document.createElement("tr");
    const pick = input("checkbox");
    pick.dataset.pick = "";
    row.append(cellOf("td", pick));
    for (const column of this.columns[this.sort.value]) {
      const field = column.kind === "word" ? document.createElement("span") : input(column.kind === "flag" ? "checkbox" : "text");
      if (column.list) field.setAttribute("list", column.list);
      if (column.kind === "number") field.inputMode = "decimal";
      field.dataset.column = column.field;
      field.dataset.kind = column.kind;
      row.append(cellOf("td", field));
    }
    row.append(document.createElement("td"));
    this.table.tBodies[0].append(row);
    this.rows.push(row);
  }

  #fill(row, thing) {
    const { drawing, words, refused, broken } = this.editor;
    row.dataset.id = thing.id;
    const isChosen = drawing.chosen.has(thing.id);
    row.classList.toggle("is-chosen", isChosen);
    const wrong = refused.get(thing.id) ?? [];
    const state = `${isChosen}|${wrong.map((one) => one.message).join()}|${(broken.get(thing.id) ?? []).join()}`;
    if (row.thing === thing && row.state === state) return;
    Object.assign(row, { thing, state });
    const [first, ...cells] = row.cells;
    first.firstChild.checked = isChosen;
    first.firstChild.setAttribute("aria-label", words.say("choose_row", { name: nameOf(thing) }));
    for (const cell of cells.slice(0, -1)) this.#cell(cell.firstChild, thing, wrong);
    cells[cells.length - 1].textContent = (broken.get(thing.id) ?? []).join(" ");
  }

  #cell(field, thing, wrong) {
    const { words } = this.editor;
    const { column, kind } = field.dataset;
    const value = thing.told[column];
    if (kind === "word") field.textContent = this.editor.wordOf(kindOf(thing));
    else if (kind === "flag") field.checked = value === true;
    else if (field !== document.activeElement) field.value = typeof value === "number" ? words.typed(value) : (value ?? "");
    if (kind === "word") return;
    field.setAttribute("aria-label", words.say("cell", { name: nameOf(thing), column: words.say(`column_${column}`) }));
    field.setAttribute("aria-invalid", String(wrong.some((one) => one.field === column)));
  }

  #changed(field) {
    const { id } = field.closest("tr").dataset;
    const { drawing } = this.editor;
    if ("pick" in field.dataset) {
      const chosen = new Set(drawing.chosen);
      if (!chosen.delete(id)) chosen.add(id);
      return this.editor.choose(chosen, "table");
    }
    const { column, kind } = field.dataset;
    const value = kind === "flag" ? field.checked : typedValue(field.value, kind);
    return drawing.change((things) => said(things, [id], column, value));
  }
}

function input(type) {
  const made = document.createElement("input");
  made.type = type;
  return made;
}

function cellOf(tag, child) {
  const cell = document.createElement(tag);
  cell.append(child);
  return cell;
}

