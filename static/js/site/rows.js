// A row of pitches along a kerb.
import { add, distance, minus, rounded, times } from "./geometry.js";
import { numbersFrom } from "./numbers.js";

/** How many pitches fit along a line. */
export function fitting({ from, to, width, gap }) {
  return Math.max(0, Math.floor((distance(from, to) + gap + 1e-6) / (width + gap)));
}

/**
 * The outlines of a row: each begins on the line from `from` to `to`, `width` along it, `depth` to its "right" or
 * "left" as one walks along, `gap` before the next. Without `count`, as many as fit.
 */
export function outlines({ from, to, width, depth, gap = 0, side = "right", count = null }) {
  const length = distance(from, to);
  if (!length) return [];
  const along = times(minus(to, from), 1 / length);
  const across = times(side === "right" ? [-along[1], along[0]] : [along[1], -along[0]], depth);
  return Array.from({ length: count ?? fitting({ from, to, width, gap }) }, (_, n) => {
    const begin = add(from, times(along, n * (width + gap)));
    const end = add(begin, times(along, width));
    return [begin, end, add(end, across), add(begin, across)];
  });
}

/** The pitches of a row as things; `told` is what all of them offer, `newId` makes ids. */
export function rowOf(row, told, newId) {
  const rings = outlines(row);
  const numbers = numbersFrom({ ...row, count: rings.length });
  return rings.map((points, n) => ({
    id: newId(),
    was: "",
    shape: "Polygon",
    points,
    geometry: null,
    told: {
      number: numbers[n],
      ...told,
      along_m: rounded(n * (row.width + row.gap)),
      width_m: row.width,
      depth_m: row.depth,
    },
  }));
}
