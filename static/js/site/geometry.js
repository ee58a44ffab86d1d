// Plane geometry in metres, x to the right and y downwards. Points are [x, y]; nothing here changes what it is given.

export const add = (a, b) => [a[0] + b[0], a[1] + b[1]];
export const minus = (a, b) => [a[0] - b[0], a[1] - b[1]];
export const times = (a, by) => [a[0] * by, a[1] * by];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1];
export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const degrees = (angle) => (angle * 180) / Math.PI;
export const radians = (angle) => (angle * Math.PI) / 180;
export const rounded = (value, places = 2) => Number(value.toFixed(places));

/** A point turned about another one, clockwise as it is seen. */
export function turned(point, angle, about = [0, 0]) {
  const [x, y] = minus(point, about);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return add(about, [x * cos - y * sin, x * sin + y * cos]);
}

/** [left, top, right, bottom] around points; null around none. */
export function boundsOf(points) {
  if (!points.length) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return [left, top, right, bottom];
}

/** The middle of the bounds of points. */
export function middleOf(points) {
  const [left, top, right, bottom] = boundsOf(points);
  return [(left + right) / 2, (top + bottom) / 2];
}

/** Whether two bounds share a point. */
export const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** An angle as that of the same line within (-90°, 90°], in radians. */
export function levelled(angle) {
  let found = angle % Math.PI;
  if (found > Math.PI / 2 + 1e-9) found -= Math.PI;
  if (found <= -Math.PI / 2 + 1e-9) found += Math.PI;
  return found;
}

/** The angle of the side of a ring along which it is `width` wide; of a ring that is no rectangle, of its longest side. */
export function angleOf(ring, width, depth) {
  const sides = ring.map((corner, n) => minus(ring[(n + 1) % ring.length], corner));
  const length = (side) => Math.hypot(...side);
  let chosen = sides.reduce((best, side) => (length(side) > length(best) + 1e-6 ? side : best));
  if (ring.length === 4 && width && depth) {
    const [first, second] = sides;
    const as = (one, other) => Math.abs(length(one) - width) + Math.abs(length(other) - depth);
    chosen = as(first, second) <= as(second, first) + 1e-6 ? first : second;
  }
  return levelled(Math.atan2(chosen[1], chosen[0]));
}

/** Bounds of points as seen from a frame that is turned by `angle`: along and across. */
export const boundsAlong = (points, angle) => boundsOf(points.map((point) => turned(point, -angle)));

/** The part of a convex ring on the side of `through` that `normal` points away from. */
export function clipped(ring, through, normal) {
  const height = (point) => dot(minus(point, through), normal);
  const kept = [];
  ring.forEach((corner, n) => {
    const next = ring[(n + 1) % ring.length];
    const [here, there] = [height(corner), height(next)];
    if (here <= 0) kept.push(corner);
    if (here < 0 !== there < 0 && here !== there) kept.push(add(corner, times(minus(next, corner), here / (here - there))));
  });
  return kept.filter((corner, n) => distance(corner, kept[(n + 1) % kept.length]) > 1e-6);
}

/** The point of a segment that is nearest to a point. */
export function nearestOn(point, from, to) {
  const along = minus(to, from);
  const share = dot(minus(point, from), along) / (dot(along, along) || 1);
  return add(from, times(along, Math.min(1, Math.max(0, share))));
}

/** The corners of the band of a width around a line: what a fire lane takes up. */
export function bandOf(line, width) {
  const left = [];
  const right = [];
  line.forEach((point, n) => {
    const before = line[Math.max(0, n - 1)];
    const after = line[Math.min(line.length - 1, n + 1)];
    const along = minus(after, before);
    const length = Math.hypot(...along) || 1;
    const across = times([-along[1], along[0]], width / 2 / length);
    left.push(add(point, across));
    right.unshift(minus(point, across));
  });
  return [...left, ...right];
}
