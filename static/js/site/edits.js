// What can be done to things: each takes all things (a Map by id) and gives all things; the old ones stay as they were.
import { add, angleOf, boundsAlong, clipped, middleOf, minus, rounded, times, turned } from "./geometry.js";
import { freeName } from "./numbers.js";
import { isBoard, isPitch, nameField, nameOf, placed, saying, sortOf } from "./things.js";

/** The same things with some of them changed; as it was when nothing changes. */
export function withEach(things, ids, change) {
  const changed = new Map(things);
  let isChanged = false;
  for (const id of ids) {
    const thing = things.get(id);
    const now = thing && change(thing);
    if (!now || now === thing) continue;
    changed.set(id, now);
    isChanged = true;
  }
  return isChanged ? changed : things;
}

/** Things moved by metres. */
export function moved(things, ids, by) {
  if (!by[0] && !by[1]) return things;
  return withEach(things, ids, (thing) => shifted(thing, by));
}

export const shifted = (thing, by) => (thing.points.length ? placed(thing, thing.points.map((point) => add(point, by))) : thing);

/** Things turned together about the middle of all of them, clockwise. */
export function turnedBy(things, ids, angle) {
  const points = [...ids].flatMap((id) => things.get(id)?.points ?? []);
  if (!points.length || !angle) return things;
  const about = middleOf(points);
  return withEach(things, ids, (thing) => placed(thing, thing.points.map((point) => turned(point, angle, about))));
}

/** The angle at which a thing lies, in radians; 0 for a point. */
export function lieOf(thing) {
  if (thing.points.length < 2) return 0;
  return angleOf(thing.points, Number(thing.told.width_m), Number(thing.told.depth_m));
}

/** How wide and deep a thing is drawn, along and across the angle at which it lies. */
export function sizeOf(thing) {
  const [left, top, right, bottom] = boundsAlong(thing.points, lieOf(thing));
  return { width: right - left, depth: bottom - top };
}

/**
 * An area made as wide and deep as asked for. `hold` says which part stays: [0, 0] its middle, [-1, 0] the side where it
 * begins, [1, 0] the one where it ends, and so on across.
 */
export function resized(thing, { width, depth }, hold = [0, 0]) {
  const angle = lieOf(thing);
  const local = thing.points.map((point) => turned(point, -angle));
  const [left, top, right, bottom] = boundsAlong(thing.points, angle);
  const now = [right - left, bottom - top];
  const wanted = [width ?? now[0], depth ?? now[1]];
  const held = [left + (now[0] * (hold[0] + 1)) / 2, top + (now[1] * (hold[1] + 1)) / 2];
  const points = local.map((point) => turned([0, 1].map((n) => held[n] + ((point[n] - held[n]) * wanted[n]) / now[n]), angle));
  const done = placed(thing, points);
  return isPitch(thing) ? saying(done, { width_m: rounded(wanted[0]), depth_m: rounded(wanted[1]) }) : done;
}

/** A pitch made into two side by side; the first keeps its number, so whoever stands there stays there. */
export function split(things, id, newId) {
  const thing = things.get(id);
  if (!thing || !isPitch(thing)) return things;
  const angle = lieOf(thing);
  const along = [Math.cos(angle), Math.sin(angle)];
  const through = middleOf(thing.points.map((point) => turned(point, -angle)));
  const middle = turned(through, angle);
  const { width } = sizeOf(thing);
  const half = rounded(Number(thing.told.width_m || width) / 2);
  const part = (from, normal, more) => saying(placed(from, clipped(thing.points, middle, normal)), { width_m: half, ...more });
  const number = freeName(nameOf(thing), namesOf(things, thing));
  const begins = thing.told.along_m;
  const later = { number, along_m: begins === null || begins === undefined ? null : rounded(Number(begins) + half) };
  const first = part(thing, along, {});
  const second = part({ ...thing, id: newId, was: "" }, times(along, -1), later);
  return inserted(things, id, [first, second]);
}

function inserted(things, at, those) {
  const found = new Map();
  for (const [id, thing] of things) {
    if (id !== at) found.set(id, thing);
    else for (const one of those) found.set(one.id, one);
  }
  return found;
}

/** The names that things of the same sort have. */
export function namesOf(things, like) {
  return new Set([...things.values()].filter((one) => sortOf(one) === sortOf(like)).map(nameOf));
}

/** Copies of things, moved a little, each with a free name; `newId` makes ids. Gives things and the copies' ids. */
export function duplicated(things, ids, newId, by = [1, 1]) {
  const found = new Map(things);
  const copies = [];
  for (const id of ids) {
    const thing = things.get(id);
    if (!thing) continue;
    const name = freeName(nameOf(thing), namesOf(found, thing));
    const copy = shifted({ ...saying(thing, { [nameField(thing)]: name }), id: newId(), was: "" }, by);
    found.set(copy.id, copy);
    copies.push(copy.id);
  }
  return [copies.length ? found : things, copies];
}

/** Things without some of them. What hangs on a board that goes hangs on none; who is `kept` (by name) stays. */
export function removed(things, ids, kept = {}) {
  const gone = [...ids].map((id) => things.get(id)).filter((one) => one && !(isPitch(one) && one.was in kept));
  if (!gone.length) return things;
  const found = new Map(things);
  for (const one of gone) found.delete(one.id);
  const boards = new Set(gone.filter(isBoard).map(nameOf));
  const loose = [...found.values()].filter((one) => isPitch(one) && boards.has(one.told.board)).map((one) => one.id);
  return withEach(found, loose, (one) => saying(one, { board: "" }));
}

/** One property said of things; a board's new name is that of its pitches too, a pitch's measures are drawn. */
export function said(things, ids, field, value) {
  const changed = withEach(things, ids, (thing) => told(thing, field, value));
  if (field !== "board" || changed === things) return changed;
  const names = new Map();
  for (const id of ids) if (isBoard(things.get(id))) names.set(nameOf(things.get(id)), value);
  const hanging = [...changed.values()].filter((one) => isPitch(one) && names.has(one.told.board)).map((one) => one.id);
  return withEach(changed, hanging, (one) => saying(one, { board: names.get(one.told.board) }));
}

function told(thing, field, value) {
  if (thing.told[field] === value) return thing;
  const measure = { width_m: "width", depth_m: "depth" }[field];
  if (measure && isPitch(thing) && value > 0 && value <= 1000) return resized(thing, { [measure]: Number(value) });
  return saying(thing, { [field]: value });
}

/** Things with the middle of one of them at a point. */
export function putAt(things, id, point) {
  const thing = things.get(id);
  if (!thing) return things;
  if (!thing.points.length) return withEach(things, [id], (one) => placed({ ...one, shape: "Point" }, [point]));
  return moved(things, [id], minus(point, middleOf(thing.points)));
}

/** One corner of a thing moved to a point. */
export function bent(things, id, corner, point) {
  return withEach(things, [id], (thing) => placed(thing, thing.points.map((old, n) => (n === corner ? point : old))));
}
