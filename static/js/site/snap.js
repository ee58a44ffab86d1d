// Snapping: to the edges of neighbours, else to a grid.
import { add, boundsAlong, boundsOf, distance, levelled, meet, nearestOn, turned } from "./geometry.js";
import { lieOf } from "./edits.js";

const NEAR_M = 20;
const SAME_LIE = Math.PI / 60; // Three degrees.

/** Where a corner comes to lie on a grid of so many metres; 0 is no grid. */
export const onGrid = (point, grid) => (grid ? point.map((part) => Math.round(part / grid) * grid) : point);

/**
 * By how much things are really moved when they are dragged `by`: so that an edge of them lies on or in line with an
 * edge of a neighbour that is less than `reach` away, else so that they begin on the grid.
 */
export function snappedMove(those, others, by, { grid = 0, isToEdges = true, reach = 0.5 }) {
  const points = those.flatMap((thing) => thing.points);
  if (!points.length) return by;
  const moved = points.map((point) => add(point, by));
  const lie = lieOf(those[0]);
  if (isToEdges) {
    const step = toEdges(moved, others, lie, reach);
    if (step[0] || step[1]) return add(by, turned(step, lie));
  }
  const [left, top] = boundsOf(moved);
  const [x, y] = onGrid([left, top], grid);
  return add(by, [x - left, y - top]);
}

function toEdges(moved, others, lie, reach) {
  const around = grown(boundsOf(moved), NEAR_M);
  const mine = boundsAlong(moved, lie);
  const best = [reach, reach];
  const step = [0, 0];
  for (const other of others) {
    if (other.points.length < 3 || !meet(around, boundsOf(other.points)) || !isAlike(lie, lieOf(other))) continue;
    const theirs = boundsAlong(other.points, lie);
    for (const axis of [0, 1]) {
      const across = 1 - axis;
      // Far away along the other axis, an edge in line is nobody's intention.
      if (mine[across] > theirs[across + 2] + NEAR_M || mine[across + 2] < theirs[across] - NEAR_M) continue;
      for (const [from, to] of [[axis, axis], [axis, axis + 2], [axis + 2, axis], [axis + 2, axis + 2]]) {
        const gap = theirs[to] - mine[from];
        if (Math.abs(gap) >= best[axis]) continue;
        best[axis] = Math.abs(gap);
        step[axis] = gap;
      }
    }
  }
  return step;
}

function isAlike(one, other) {
  const between = Math.abs(levelled(one - other));
  return between < SAME_LIE || Math.abs(between - Math.PI / 2) < SAME_LIE;
}

const grown = ([left, top, right, bottom], by) => [left - by, top - by, right + by, bottom + by];

/** Where a point that is drawn comes to lie: on a corner, else on an edge of something less than `reach` away, else on the grid. */
export function snappedPoint(point, others, { grid = 0, isToEdges = true, reach = 0.5 }) {
  if (!isToEdges) return onGrid(point, grid);
  const around = grown([...point, ...point], reach);
  let [corner, edge] = [null, null];
  for (const { points, shape } of others) {
    if (!points.length || !meet(around, boundsOf(points))) continue;
    points.forEach((here, n) => {
      corner = nearer(point, here, corner, reach);
      if (shape === "Point" || (shape === "LineString" && n === points.length - 1)) return;
      edge = nearer(point, nearestOn(point, here, points[(n + 1) % points.length]), edge, reach);
    });
  }
  return corner ?? edge ?? onGrid(point, grid);
}

function nearer(point, candidate, best, reach) {
  return distance(point, candidate) < (best ? distance(point, best) : reach) ? candidate : best;
}
