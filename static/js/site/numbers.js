// Numbers of pitches and codes of all else: in rows, anew by a rule, and free ones.
import { boundsOf, middleOf, rounded } from "./geometry.js";
import { isPitch, nameOf, saying } from "./things.js";

const DIRECTIONS = { right: [1, 0], left: [-1, 0], down: [0, 1], up: [0, -1] };

/** `count` numbers in a row. `start` is written as it is meant: from "01" each has two digits. */
export function numbersFrom({ prefix = "", start = "1", step = 1, count }) {
  const digits = String(start).trim().length;
  return Array.from({ length: count }, (_, n) => prefix + String(Number(start) + n * step).padStart(digits, "0"));
}

/** Whether numbers can be counted from this. */
export const isCountable = (start, step = 1) => /^\d{1,6}$/.test(String(start).trim()) && Number.isInteger(step) && step !== 0;

/** A name that nobody has: the next number, or the name with a letter after it. */
export function freeName(name, taken) {
  for (const letter of "bcdefghijklmnopqrstuvwxyz") if (!taken.has(name + letter)) return name + letter;
  return numbered(`${name}-`, taken);
}

/** The first of prefix1, prefix2, … that nobody has. */
export function numbered(prefix, taken) {
  let n = 1;
  while (taken.has(prefix + n)) n += 1;
  return prefix + n;
}

/**
 * {prefix, start} that chosen pitches can be numbered with: from their lowest number on where none of the others is in the
 * way, else from the first that comes after all others; as many digits as now.
 */
export function suggested(things, ids) {
  const chosen = new Set(ids);
  const [mine, others] = [[], []];
  for (const thing of things.values()) if (isPitch(thing)) (chosen.has(thing.id) ? mine : others).push(nameOf(thing));
  const first = mine.map((name) => partsOf(name, /^(.*?)(\d{1,6})\D*$/)).filter(Boolean).sort((one, other) => one.number - other.number)[0];
  const prefix = first?.prefix ?? "";
  const width = first?.digits ?? 1;
  const taken = others.map((name) => partsOf(name)).filter((one) => one?.prefix === prefix).map((one) => one.number);
  const lowest = first?.number ?? 1;
  const isFree = !taken.some((number) => number >= lowest && number < lowest + mine.length);
  return { prefix, start: String(isFree ? lowest : Math.max(...taken) + 1).padStart(width, "0") };
}

/** The first letter, from C on, that no pitch's number begins with: for a row of its own. */
export function freePrefix(things) {
  const used = new Set([...things.values()].filter(isPitch).map((thing) => nameOf(thing).slice(0, 1).toUpperCase()));
  return [..."CDEFGHIJKLMNOPQRSTUVWXYZAB"].find((letter) => !used.has(letter)) ?? "R";
}

/** A number as it is counted: "A07" is A and 7 in two digits; null for one that isn't of the form. */
function partsOf(name, form = /^(.*?)(\d{1,6})$/) {
  const [, prefix, digits] = form.exec(name) ?? [];
  return digits ? { prefix, number: Number(digits), digits: digits.length } : null;
}

/** The things in the order in which they lie in a direction of the plan: right, left, down or up. */
export function inOrder(those, direction) {
  const [x, y] = DIRECTIONS[direction];
  const at = (thing) => {
    const middle = middleOf(thing.points);
    return middle[0] * x + middle[1] * y;
  };
  return [...those].sort((one, other) => at(one) - at(other));
}

/**
 * Pitches numbered anew in the order in which they lie; with `isMeasured`, how far along the kerb each begins is
 * counted from the first one. Gives things, and the numbers that others have already: then nothing is changed.
 */
export function renumbered(things, ids, { prefix, start, step, direction, isMeasured = false }) {
  const chosen = new Set(ids);
  const those = inOrder([...chosen].map((id) => things.get(id)).filter(Boolean), direction);
  const numbers = numbersFrom({ prefix, start, step, count: those.length });
  const others = new Set([...things.values()].filter((one) => !chosen.has(one.id)).map((one) => one.told.number));
  const twice = numbers.filter((number) => others.has(number));
  if (twice.length) return [things, twice];
  const found = new Map(things);
  const begins = those.map((thing) => beginOf(thing, direction));
  those.forEach((thing, n) => {
    const more = isMeasured ? { along_m: rounded(begins[n] - begins[0]) } : {};
    found.set(thing.id, saying(thing, { number: numbers[n], ...more }));
  });
  return [found, []];
}

function beginOf(thing, direction) {
  const [left, top, right, bottom] = boundsOf(thing.points);
  return { right: left, left: -right, down: top, up: -bottom }[direction];
}
