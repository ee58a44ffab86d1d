// What lies beneath the plan: a picture laid by two points, and map tiles where the operator allows them.
import { metres, position } from "./frame.js";
import { asTransform, pixelAt, similarity } from "./similarity.js";
import { svg } from "./symbols.js";
import { tilesFor } from "./tiles.js";
import { typedNumber } from "./words.js";

const LATER_MS = 150;

export class Backdrop {
  /** `editor` has plan, view, frame, words, server, tools, announce(key), storage (with get and put). */
  constructor(editor, panel) {
    Object.assign(this, { editor, panel, picture: null, image: null, tiles: null, timer: 0, pairs: [], trial: null });
    this.range = panel.querySelector("[data-opacity]");
    this.typed = panel.querySelector("[data-typed-place]");
    this.range?.addEventListener("input", () => this.#fade());
    panel.querySelector("[data-lay]")?.addEventListener("click", () => this.#lay());
    this.typed?.addEventListener("submit", (event) => this.#placeTyped(event));
    panel.querySelector("[data-goto]").addEventListener("submit", (event) => {
      event.preventDefault();
      const place = placeIn(event.target);
      if (!place) return;
      editor.goToPosition(place);
      this.#draw();
      editor.toPlan();
    });
    this.switch = panel.querySelector("[data-tiles]");
    this.switch?.addEventListener("change", () => this.#switched());
  }

  /** What the document says lies beneath. */
  load({ background, tiles }) {
    this.picture = background;
    this.tiles = tiles;
    const kept = this.editor.storage.get("opacity");
    if (this.range && kept) this.range.value = kept;
    if (this.switch) this.switch.checked = this.editor.storage.get("tiles") === "on";
    this.#draw();
    this.refresh();
  }

  #laid() {
    if (this.trial) return this.trial;
    const points = this.picture?.points ?? [];
    if (points.length !== 2) return null;
    return similarity(points.map((one) => one.pixel), points.map((one) => metres(this.editor.frame, one.position)));
  }

  #draw() {
    this.editor.plan.clear("picture");
    const laid = this.picture && this.#laid();
    if (!laid) return;
    const { url, width, height } = this.picture;
    this.image = svg("image", { href: url, width, height, transform: asTransform(laid) });
    this.editor.plan.layers.picture.append(this.image);
    this.#fade();
  }

  #fade() {
    this.image?.setAttribute("opacity", Number(this.range.value) / 100);
    this.editor.storage.put("opacity", this.range.value);
  }

  /** Until it is laid, the picture fills the window, so that its points can be shown. */
  #lay() {
    const { view, tools } = this.editor;
    this.pairs = [];
    if (!this.#laid()) {
      const { width, height } = this.picture;
      const scale = Math.min(view.width / width, view.height / height) / view.scale;
      this.trial = { a: scale, b: 0, x: view.x, y: view.y };
      this.#draw();
    }
    tools.ask("spot", "lay_pixel_1", ([point]) => this.#pixel(point), { isFree: true });
    this.editor.toPlan();
  }

  #pixel(point) {
    this.pairs.push({ pixel: pixelAt(this.#laid(), point) });
    this.typed.hidden = false;
    const prompt = this.pairs.length === 1 ? "lay_place_1" : "lay_place_2";
    this.editor.tools.ask("spot", prompt, ([there]) => this.#placed(position(this.editor.frame, there)));
  }

  #placeTyped(event) {
    event.preventDefault();
    const place = placeIn(event.target);
    if (!place || !this.pairs.length) return;
    event.target.reset();
    this.#placed(place);
  }

  async #placed(place) {
    const { tools, server } = this.editor;
    this.typed.hidden = true;
    this.pairs[this.pairs.length - 1].position = place;
    if (this.pairs.length === 1) {
      tools.ask("spot", "lay_pixel_2", ([point]) => this.#pixel(point), { isFree: true });
      this.editor.toPlan();
      return;
    }
    tools.stop();
    const answer = await server.lay(this.pairs);
    if (answer.kind === "ok") {
      this.picture = answer.data;
      this.trial = null;
    }
    this.#draw();
    if (answer.kind === "ok") this.editor.announce("laid");
    else if (answer.data) this.editor.tell(answer.data.title);
    else this.editor.announce(answer.kind);
  }

  /** Laying is given up: a picture that was never laid is hidden again. */
  giveUp() {
    this.pairs = [];
    if (this.typed) this.typed.hidden = true;
    if (!this.trial) return;
    this.trial = null;
    this.#draw();
  }

  #switched() {
    this.editor.storage.put("tiles", this.switch.checked ? "on" : "");
    this.refresh();
  }

  /** The tiles of what is seen, once it stays so for a moment. */
  refresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#tile(), LATER_MS);
  }

  #tile() {
    const { plan, view, frame } = this.editor;
    const isOn = Boolean(this.tiles && this.switch?.checked);
    this.editor.credit(isOn ? this.tiles.attribution : "");
    const wanted = new Map(isOn ? tilesFor(view, frame, this.tiles.url).map((tile) => [tile.key, tile]) : []);
    const layer = plan.layers.tiles;
    for (const image of [...layer.children]) if (!wanted.delete(image.getAttribute("data-key"))) image.remove();
    for (const { key, url, transform } of wanted.values()) {
      layer.append(svg("image", { href: url, width: 1, height: 1, transform, "data-key": key, preserveAspectRatio: "none" }));
    }
  }
}

/** The [longitude, latitude] that is typed into a form, or null: what is wrong is marked. */
function placeIn(form) {
  const fields = ["longitude", "latitude"].map((name) => form.elements.namedItem(name));
  const values = fields.map((field) => typedNumber(field.value));
  fields.forEach((field, n) => field.setAttribute("aria-invalid", String(values[n] === null)));
  return values.includes(null) ? null : values;
}
