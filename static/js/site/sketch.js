// A shape while it is drawn point by point, by pointer or by keyboard.
import { add, distance } from "./geometry.js";

const LEAST = { Point: 1, LineString: 2, Polygon: 3, row: 2, tape: 2, box: 2, spot: 1 };
const ENDS_BY_ITSELF = new Set(["Point", "row", "tape", "box", "spot"]);

/** A sketch of a shape; its cursor is where the next point would be. */
export const begun = (shape, cursor) => ({ shape, points: [], cursor });

/** With the cursor at a point, or moved by metres. */
export const pointing = (sketch, cursor) => ({ ...sketch, cursor });
export const nudged = (sketch, by) => ({ ...sketch, cursor: add(sketch.cursor, by) });

/** With a point more; the same point twice is one. */
export function withPoint(sketch, point) {
  const last = sketch.points[sketch.points.length - 1];
  if (last && distance(last, point) < 0.01) return sketch;
  return { ...sketch, points: [...sketch.points, point], cursor: point };
}

/** Whether it has all the points that it can have. */
export const isWhole = ({ shape, points }) => ENDS_BY_ITSELF.has(shape) && points.length >= LEAST[shape];

/** Whether it may be ended as it is. */
export const mayEnd = ({ shape, points }) => points.length >= LEAST[shape];

/** How far the cursor is from the last point, in metres; null before there is one. */
export function reach({ points, cursor }) {
  return points.length ? distance(points[points.length - 1], cursor) : null;
}
