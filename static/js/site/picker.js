// Which tool is in hand, its form, and what pressing on the plan does with it.
import { namesOf } from "./edits.js";
import { within } from "./find.js";
import { AddForm, NumberForm, RowForm } from "./forms.js";
import { boundsOf, distance, rounded } from "./geometry.js";
import { isPitch, nameOf } from "./things.js";
import { freePrefix, numbered, suggested } from "./numbers.js";

const PREFIXES = {
  board: "EL", water_point: "W", fire_lane: "F", stage: "S", gate: "G", drive_in: "E", first_aid: "H", toilet: "T",
  quiet_zone: "Q", obstacle: "O",
};

export class Picker {
  constructor(editor, root) {
    Object.assign(this, { editor, root, tool: "choose" });
    const form = (name) => root.querySelector(`form[data-form=${name}]`);
    this.row = new RowForm(form("row"), editor.words.typed);
    this.numbers = new NumberForm(form("numbers"));
    this.add = new AddForm(form("add"), editor.kinds);
    this.grid = root.querySelector("[data-grid]");
    this.edges = root.querySelector("[data-edges]");
    for (const button of root.querySelectorAll("[data-tool]")) button.addEventListener("click", () => this.pick(button.dataset.tool));
    this.row.form.addEventListener("input", () => this.#showRow());
    onSubmit(this.row.form, () => this.#drawRow());
    onSubmit(this.numbers.form, () => this.#number());
    onSubmit(this.add.form, () => this.#draw());
  }

  /** Take a tool in hand. */
  pick(tool) {
    const { editor } = this;
    editor.tools.stop();
    editor.backdrop.giveUp();
    this.tool = tool;
    for (const button of this.root.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
    for (const panel of this.root.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== tool;
    editor.element.classList.toggle("is-drawing", tool !== "choose");
    if (tool === "row") this.#askRow();
    else if (tool === "tape") this.#askTape();
    else if (tool === "box") this.#askBox();
    else editor.announce(tool === "add" ? "add_prompt" : "choose_prompt");
    editor.toPlan(tool === "row" || tool === "add" ? "start" : "nearest");
  }

  /** How things are snapped now. */
  snapping() {
    return { grid: Number(this.grid.value), isToEdges: this.edges.checked };
  }

  /** Buttons that have nothing to do can't be pressed; the boards that a pitch may hang on are offered. */
  update() {
    const { drawing } = this.editor;
    this.root.querySelector("[data-do=undo]").disabled = !drawing.canUndo;
    this.root.querySelector("[data-do=redo]").disabled = !drawing.canRedo;
    this.numbers.suggest(suggested(drawing.things, drawing.chosen));
    const boards = [...drawing.things.values()].filter((thing) => thing.told.kind === "board").map(nameOf);
    const offered = boards.join("\n");
    if (offered === this.offered) return;
    this.offered = offered;
    this.root.querySelector("#site-boards").replaceChildren(...boards.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  #askRow() {
    const letter = freePrefix(this.editor.drawing.things);
    this.row.suggest({ prefix: letter, side: letter, start: "01" });
    this.editor.tools.ask("row", "row_prompt", ([from, to]) => {
      this.row.line = { from, to };
      this.editor.tools.stop();
      this.#showRow();
      this.editor.announce("row_line", { metres: rounded(distance(from, to)), count: this.row.planned({ from, to }).length });
      this.row.form.querySelector("[type=submit]").focus();
    });
  }

  /** The row that stands in the form, as it would come to lie. */
  #showRow() {
    const { line } = this.row;
    if (this.tool !== "row" || !line) return;
    this.editor.plan.sketch({ shape: "row", points: [line.from], cursor: line.to }, { outlines: this.row.planned(line) });
  }

  #drawRow() {
    const { editor } = this;
    const pitches = this.row.made(editor.newId, editor.offers);
    if (!pitches) return editor.announce("row_wrong");
    const there = new Set([...editor.drawing.things.values()].filter(isPitch).map(nameOf));
    const twice = pitches.map(nameOf).filter((number) => there.has(number));
    if (twice.length) return editor.announce("numbers_twice", { names: editor.words.listed(twice.slice(0, 8)) });
    if (!pitches.length) return editor.announce("row_empty");
    editor.drawing.change((things) => new Map([...things, ...pitches.map((one) => [one.id, one])]));
    this.row.forget();
    this.pick("choose");
    editor.choose(pitches.map((one) => one.id));
    editor.seeChosen();
    return editor.announce("row_drawn", { count: pitches.length, first: nameOf(pitches[0]), last: nameOf(pitches[pitches.length - 1]) });
  }

  #number() {
    const { rule } = this.numbers;
    if (!rule || !this.editor.acts.renumber(rule)) return;
    this.numbers.forget();
    this.update();
  }

  #askTape() {
    this.editor.tools.ask("tape", "tape_prompt", ([from, to]) => {
      this.editor.announce("tape", { metres: rounded(distance(from, to)) });
    }, { isRepeated: true });
  }

  /** A box around many, by two corners: for who draws none with the mouse. */
  #askBox() {
    const { editor } = this;
    const done = ([from, to]) => {
      this.pick("choose");
      editor.choose(within(editor.drawing.things, boundsOf([from, to])));
    };
    editor.tools.ask("box", "box_prompt", done, { isFree: true });
  }

  #draw() {
    const { editor, add } = this;
    if (add.code && this.#names().has(add.code)) {
      add.field("label").focus();
      return editor.announce("board_twice", { name: add.code });
    }
    const prompt = { Point: "point_prompt", LineString: "line_prompt", Polygon: "area_prompt" }[add.shape];
    editor.tools.ask(add.shape, prompt, (points) => this.#added(points));
    return editor.toPlan();
  }

  /** The names that things of the sort that is to be drawn have. */
  #names() {
    return namesOf(this.editor.drawing.things, { told: this.add.told("") });
  }

  #added(points) {
    const { editor, add } = this;
    const thing = { id: editor.newId(), was: "", shape: add.shape, points, geometry: null, told: add.told("") };
    const name = add.code || numbered(PREFIXES[add.kind] ?? "X", this.#names());
    const named = { ...thing, told: add.told(name) };
    editor.drawing.change((things) => new Map(things).set(named.id, named));
    add.put("label", "");
    this.pick("choose");
    editor.choose([named.id]);
    editor.announce("added", { name: editor.spoken(named) });
  }

  /** The outlines that would come of a sketch. */
  planned(sketch) {
    if (this.tool !== "row" || !sketch.points.length) return [];
    return this.row.planned({ from: sketch.points[0], to: sketch.cursor });
  }

  /** The thing that lies beneath a grip. */
  #beneath({ clientX, clientY }) {
    const all = this.root.ownerDocument.elementsFromPoint(clientX, clientY);
    return all.find((one) => one.closest("[data-id]")) ?? this.root;
  }

  /** What pressing on the plan means, for `Gestures`. */
  gestures() {
    const { editor } = this;
    const { drawing, tools, drags } = editor;
    const thingAt = (target) => drawing.things.get(target.closest?.("[data-id]")?.dataset.id);
    // A grip is there to be dragged: what is pressed through it is what lies beneath.
    const pressed = (event, target) => (target.closest?.("[data-grip]") ? thingAt(this.#beneath(event)) : thingAt(target));
    return {
      view: () => editor.view,
      show: (view) => editor.show(view),
      hover: (point) => tools.hover(point),
      twice: () => tools.isAsking && tools.finish(),
      drag: (...all) => drags.drag(...all),
      drop: (...all) => drags.drop(...all),
      press: (_point, event, target) => {
        if (tools.isAsking) return "draw";
        const grip = target.closest?.("[data-grip]")?.dataset.grip;
        if (grip) {
          drags.grip = grip;
          return "grip";
        }
        const thing = thingAt(target);
        if (!thing) return event.shiftKey ? "box" : "pan";
        if (drawing.chosen.has(thing.id)) return "move";
        if (event.shiftKey || event.pointerType === "touch") return "pan"; // A finger moves the plan; it chooses by a tap.
        editor.choose([thing.id]);
        return "move";
      },
      tap: (point, event, target) => {
        if (tools.isAsking) return tools.point(point);
        const thing = pressed(event, target);
        if (!thing) return target.closest?.("[data-grip]") || event.shiftKey ? undefined : editor.choose([]);
        if (!event.shiftKey) return editor.choose([thing.id]);
        const chosen = new Set(drawing.chosen);
        if (!chosen.delete(thing.id)) chosen.add(thing.id);
        return editor.choose(chosen);
      },
    };
  }
}

function onSubmit(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}
