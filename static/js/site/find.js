// Finding things: by words and by what was found wrong with them.
import { boundsOf, meet } from "./geometry.js";
import { isBoard, isPitch, nameOf, sortOf } from "./things.js";

const plain = (text) => String(text ?? "").normalize("NFKD").toLowerCase();

/** The things of a sort that hold every word somewhere: in their name, zone, side, board, kind or label. */
export function matching(things, sort, words, wordOf = () => "") {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return [...things.values()].filter((thing) => {
    if (sortOf(thing) !== sort) return false;
    if (!wanted.length) return true;
    const { zone, side, board, label } = thing.told;
    const text = plain([nameOf(thing), zone, side, board, label, wordOf(thing)].join(" "));
    return wanted.every((word) => text.includes(word));
  });
}

// Between whom a finding is: which sort its first and its last code name.
const BETWEEN = {
  overlap: ["pitch", "pitch"],
  pitch_gap: ["pitch", "pitch"],
  fire_gap: ["pitch", "pitch"],
  fire_lane: ["feature", "feature"],
  quiet: ["pitch", "feature"],
  board_empty: ["pitch", "board"],
  single_phase: ["pitch", "board"],
};

/** The ids of the things that each finding speaks of. */
export function concerned(findings, things) {
  const by = { pitch: new Map(), board: new Map(), feature: new Map() };
  for (const thing of things.values()) by[sortOf(thing)].set(nameOf(thing), thing.id);
  return findings.map(({ what, codes }) => {
    const ids = codes.map((code, n) => {
      const sort = (BETWEEN[what] ?? [])[n === 0 ? 0 : 1];
      return sort ? by[sort].get(code) : (n === 0 ? by.pitch.get(code) : undefined) ?? by.feature.get(code);
    });
    return [...new Set(ids.filter(Boolean))];
  });
}

/** The ids of the things of which something lies in a box. */
export function within(things, box) {
  return [...things.values()].filter((one) => one.points.length && meet(box, boundsOf(one.points))).map((one) => one.id);
}

/** The next thing in the order of the drawing, round and round; -1 goes back. */
export function neighbour(things, from, by) {
  const ids = [...things.values()].filter((thing) => thing.points.length).map((thing) => thing.id);
  if (!ids.length) return null;
  const here = ids.indexOf(from);
  if (here < 0) return by > 0 ? ids[0] : ids[ids.length - 1];
  return ids[(here + by + ids.length) % ids.length];
}

/** What all of some things say alike of a property; undefined where they differ. */
export function alike(those, field) {
  const first = those[0]?.told[field] ?? "";
  return those.every((one) => (one.told[field] ?? "") === first) ? first : undefined;
}

/** How many of each sort: {pitch, board, feature}. */
export function counted(those) {
  const found = { pitch: 0, board: 0, feature: 0 };
  for (const one of those) found[isPitch(one) ? "pitch" : isBoard(one) ? "board" : "feature"] += 1;
  return found;
}
