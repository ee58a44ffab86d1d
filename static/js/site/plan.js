// The plan on the page: an SVG in metres. Draws what it is told, and changes only what has changed.
import { lieOf, sizeOf } from "./edits.js";
import { bandOf, boundsOf, degrees, middleOf } from "./geometry.js";
import { svg, symbol } from "./symbols.js";
import { isPitch, kindOf, nameOf } from "./things.js";

const FAR = 5; // Pixels to a metre below which no number of a pitch could be read.
const FARTHEST = 1.5; // Below which names would only hide each other.
const SMALL_M = 35;
const LAYERS = ["tiles", "picture", "newest", "zones", "areas", "pitches", "spots", "marks", "sketch", "handles"];
const path = (points) => points.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join(" ");

export class Plan {
  /** `wordOf` gives the word for a kind, `titleOf` what is shown on pointing at a thing. */
  constructor(element, { wordOf, titleOf }) {
    Object.assign(this, { element, wordOf, titleOf, view: null });
    this.layers = Object.fromEntries(LAYERS.map((name) => [name, svg("g", { class: `site-layer-${name}` })]));
    element.replaceChildren(...Object.values(this.layers));
    this.nodes = new Map(); // id → {group, thing}
    this.chosen = new Set();
    this.broken = new Map();
    this.fixed = new Map(); // element → [x, y]: what keeps its size on the screen.
  }

  /** Show another part of the plan, or the same at another scale. */
  show(view) {
    const isScaled = view.scale !== this.view?.scale;
    this.view = view;
    const box = [view.x, view.y, view.width / view.scale, view.height / view.scale];
    this.element.setAttribute("viewBox", box.join(" "));
    if (!isScaled) return;
    this.element.classList.toggle("is-far", view.scale < FAR);
    this.element.classList.toggle("is-farthest", view.scale < FARTHEST);
    for (const [element, at] of this.fixed) this.#keepSize(element, at);
  }

  /** Draw all things; those that are the very same as before stay untouched. */
  draw(things) {
    for (const [id, node] of this.nodes) if (!things.has(id)) this.#remove(id, node);
    for (const [id, thing] of things) if (this.nodes.get(id)?.thing !== thing) this.redraw(thing);
  }

  /** Draw one thing as it is given, also one that is only tried out. */
  redraw(thing) {
    const old = this.nodes.get(thing.id);
    const group = this.#built(thing);
    if (old) {
      this.#forget(old.group);
      old.group.replaceWith(group);
    } else this.#layerOf(thing).append(group);
    this.nodes.set(thing.id, { group, thing });
    group.classList.toggle("is-chosen", this.chosen.has(thing.id));
    group.classList.toggle("is-broken", this.broken.has(thing.id));
  }

  #remove(id, { group }) {
    this.#forget(group);
    group.remove();
    this.nodes.delete(id);
  }

  #layerOf(thing) {
    if (isPitch(thing)) return this.layers.pitches;
    if (kindOf(thing) === "quiet_zone") return this.layers.zones; // Lanes run through it.
    return thing.shape === "Point" ? this.layers.spots : this.layers.areas;
  }

  #built(thing) {
    const kind = kindOf(thing);
    const group = svg("g", { class: `site-thing site-${kind}`, "data-id": thing.id });
    group.classList.toggle("is-small", isSmall(thing));
    const title = this.titleOf(thing);
    if (title) {
      group.classList.add("is-taken");
      group.append(svg("title", {}, title));
    }
    if (!thing.points.length) return group;
    if (thing.shape === "Point") group.append(this.#spot(thing, kind));
    else group.append(...this.#outline(thing), ...(isPitch(thing) ? [numberOf(thing)] : this.#named(thing, kind)));
    return group;
  }

  #outline(thing) {
    if (thing.shape === "Polygon") return [svg("polygon", { points: path(thing.points) })];
    const width = Number(thing.told.width_m) || 0;
    const band = width > 0 ? [svg("polygon", { points: path(bandOf(thing.points, width)) })] : [];
    return [...band, svg("polyline", { points: path(thing.points) })];
  }

  #spot(thing, kind) {
    const label = svg("text", { class: "site-name", y: 24, "text-anchor": "middle" }, thing.told.label || nameOf(thing));
    return this.fix(svg("g", {}, symbol(kind), label), thing.points[0]);
  }

  #named(thing, kind) {
    const at = thing.shape === "LineString" ? thing.points[Math.floor((thing.points.length - 1) / 2)] : middleOf(thing.points);
    const text = svg("text", { class: "site-name", "text-anchor": "middle", "dominant-baseline": "central" });
    text.append(thing.told.label || this.wordOf(kind));
    if (kind === "quiet_zone") {
      // Above its edge: lanes and pitches lie over its middle.
      const [left, top, right] = boundsOf(thing.points);
      text.setAttribute("y", "-12");
      return [this.fix(svg("g", {}, text), [(left + right) / 2, top])];
    }
    if (thing.shape !== "LineString") return [this.fix(svg("g", {}, text), at)];
    const next = thing.points[Math.floor((thing.points.length - 1) / 2) + 1];
    return [this.fix(svg("g", {}, text), [(at[0] + next[0]) / 2, (at[1] + next[1]) / 2])];
  }

  /** An element that keeps its size on the screen, around a point. */
  fix(element, at) {
    this.fixed.set(element, at);
    this.#keepSize(element, at);
    return element;
  }

  #keepSize(element, [x, y]) {
    element.setAttribute("transform", `translate(${x} ${y}) scale(${1 / (this.view?.scale ?? 1)})`);
  }

  #forget(group) {
    for (const child of group.children) this.fixed.delete(child);
  }

  /** Which are chosen. */
  choose(chosen) {
    for (const id of this.chosen) if (!chosen.has(id)) this.nodes.get(id)?.group.classList.remove("is-chosen");
    for (const id of chosen) this.nodes.get(id)?.group.classList.add("is-chosen");
    this.chosen = chosen;
  }

  /** What is wrong with which: sentences by id. */
  mark(broken) {
    for (const id of this.broken.keys()) if (!broken.has(id)) this.nodes.get(id)?.group.classList.remove("is-broken");
    this.broken = broken;
    this.clear("marks");
    for (const [id, sentences] of broken) {
      const node = this.nodes.get(id);
      if (!node?.thing.points.length) continue;
      node.group.classList.add("is-broken");
      const [left, top] = boundsOf(node.thing.points);
      const badge = symbol("warning", 8);
      badge.append(svg("title", {}, sentences.join("\n")));
      this.layers.marks.append(this.fix(svg("g", { class: "site-badge", "data-id": id }, badge), [left, top]));
    }
  }

  /** Show things as if they were changed, by an SVG transform; "" puts them back. */
  lift(ids, transform) {
    for (const id of ids) {
      const group = this.nodes.get(id)?.group;
      if (transform) group?.setAttribute("transform", transform);
      else group?.removeAttribute("transform");
    }
  }

  /** Take all out of a layer. */
  clear(layer) {
    this.#forget(this.layers[layer]);
    this.layers[layer].replaceChildren();
  }

  /** What is being drawn: its points with the cursor after them, a length at the cursor, outlines that would come of it. */
  sketch(sketch, { label = "", outlines = [] } = {}) {
    this.clear("sketch");
    if (!sketch) return;
    const points = [...sketch.points, sketch.cursor];
    const layer = this.layers.sketch;
    if (sketch.shape === "box") this.frame(boundsOf(points));
    else layer.append(svg(sketch.shape === "Polygon" ? "polygon" : "polyline", { points: path(points) }));
    for (const ring of outlines) layer.append(svg("polygon", { points: path(ring), class: "site-planned" }));
    for (const point of sketch.points) layer.append(this.fix(svg("g", {}, svg("circle", { r: 4 })), point));
    const cross = svg("path", { d: "M-12 0 H12 M0 -12 V12", class: "site-cursor" });
    const text = svg("text", { x: 12, y: -12, class: "site-length" }, label);
    layer.append(this.fix(svg("g", {}, cross, text), sketch.cursor));
  }

  /** A frame that chooses what lies in it; null when there is none. */
  frame(bounds) {
    this.clear("sketch");
    if (!bounds) return;
    const [x, y, right, bottom] = bounds;
    this.layers.sketch.append(svg("rect", { x, y, width: right - x, height: bottom - y, class: "site-box" }));
  }

  /** Handles of the one thing that is chosen: its sides and a grip to turn it, or the corners of its line or area. */
  handles(thing) {
    this.clear("handles");
    if (!thing?.points.length || thing.shape === "Point") return;
    const grips = isPitch(thing) ? gripsOf(thing, 26 / this.view.scale) : thing.points.map((at, n) => ({ at, grip: `corner:${n}` }));
    for (const { at, grip } of grips) {
      const shape = grip === "turn" ? svg("circle", { r: 7 }) : svg("rect", { x: -5, y: -5, width: 10, height: 10 });
      const around = svg("circle", { r: 13, class: "site-grip-area" });
      this.layers.handles.append(this.fix(svg("g", { "data-grip": grip, class: "site-grip" }, around, shape), at));
    }
  }

  /** Another drawing beneath this one: things as dashed outlines. */
  beneath(things) {
    this.clear("newest");
    for (const thing of things) {
      if (thing.points.length) this.layers.newest.append(svg("polygon", { points: path(ghostOf(thing)) }));
    }
  }
}

/** Whether the name of a thing would hide it and its neighbours when it is seen from far. */
function isSmall(thing) {
  const [left, top, right, bottom] = boundsOf(thing.points) ?? [0, 0, 0, 0];
  return Math.max(right - left, bottom - top) < SMALL_M;
}

function ghostOf(thing) {
  if (thing.shape === "Polygon") return thing.points;
  if (thing.shape === "LineString") return bandOf(thing.points, Number(thing.told.width_m) || 0.5);
  const [x, y] = thing.points[0];
  return [[x - 0.7, y], [x, y - 0.7], [x + 0.7, y], [x, y + 0.7]];
}

function numberOf(thing) {
  const [x, y] = middleOf(thing.points);
  const { width, depth } = sizeOf(thing);
  const name = nameOf(thing);
  const size = Math.min(1.3, width / (0.65 * Math.max(name.length, 1)), depth * 0.7);
  const turn = degrees(lieOf(thing));
  const attributes = { x, y, "font-size": size.toFixed(2), "text-anchor": "middle", "dominant-baseline": "central" };
  const upright = Math.abs(turn) > 0.5 ? { transform: `rotate(${turn.toFixed(1)} ${x} ${y})` } : {};
  return svg("text", { class: "site-number", ...attributes, ...upright }, name);
}

/** Where the grips of a pitch are: the middles of its sides, and one above it that turns it. */
function gripsOf(thing, away) {
  const angle = lieOf(thing);
  const { width, depth } = sizeOf(thing);
  const [x, y] = middleOf(thing.points);
  const at = (u, v) => [x + u * Math.cos(angle) - v * Math.sin(angle), y + u * Math.sin(angle) + v * Math.cos(angle)];
  return [
    { at: at(width / 2, 0), grip: "side:1,0" },
    { at: at(-width / 2, 0), grip: "side:-1,0" },
    { at: at(0, depth / 2), grip: "side:0,1" },
    { at: at(0, -depth / 2), grip: "side:0,-1" },
    { at: at(0, -depth / 2 - away), grip: "turn" },
  ];
}
