// What of the plan is seen: its upper left corner in metres, pixels to a metre, and the size of the window in pixels.
const CLOSEST = 200;
const FARTHEST = 0.2;
const BARS = [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5]; // Metres.

const within = (scale) => Math.min(CLOSEST, Math.max(FARTHEST, scale));

/** All of some bounds in the window, with a margin in pixels. */
export function fitted([left, top, right, bottom], size, margin = 30) {
  const [across, down] = [Math.max(right - left, 4), Math.max(bottom - top, 4)];
  const scale = within(Math.min((size.width - 2 * margin) / across, (size.height - 2 * margin) / down, 60));
  const middle = [(left + right) / 2, (top + bottom) / 2];
  return { x: middle[0] - size.width / scale / 2, y: middle[1] - size.height / scale / 2, scale, ...size };
}

/** Nearer or farther by a factor; the point at [across, down] pixels stays where it is. */
export function zoomed(view, factor, at = [view.width / 2, view.height / 2]) {
  const scale = within(view.scale * factor);
  const [x, y] = pointAt(view, at);
  return { ...view, scale, x: x - at[0] / scale, y: y - at[1] / scale };
}

/** Nearer or farther by a factor: about what is chosen as long as that is seen, and nearer to it where it isn't. */
export function zoomedAbout(view, factor, bounds) {
  const [left, top, right, bottom] = bounds ?? [];
  const scale = within(view.scale * factor);
  const fits = bounds && (right - left) * scale <= view.width && (bottom - top) * scale <= view.height;
  const isSeen = bounds && showing(view, bounds) === view;
  if (!isSeen && !(fits && factor > 1)) return zoomed(view, factor);
  const about = zoomed(view, factor, [((left + right) / 2 - view.x) * view.scale, ((top + bottom) / 2 - view.y) * view.scale]);
  return fits ? showing(about, bounds) : about;
}

/** Moved by pixels: what lies under a finger stays under it. */
export const panned = (view, [across, down]) => ({ ...view, x: view.x - across / view.scale, y: view.y - down / view.scale });

/** The point of the plan at [across, down] pixels of the window. */
export const pointAt = (view, [across, down]) => [view.x + across / view.scale, view.y + down / view.scale];

/** The same middle and scale in a window of another size. */
export function resizedTo(view, size) {
  const [x, y] = pointAt(view, [view.width / 2, view.height / 2]);
  return { ...view, ...size, x: x - size.width / view.scale / 2, y: y - size.height / view.scale / 2 };
}

/** As much moved as is needed for bounds to be seen whole; at their own scale when they are larger than the window. */
export function showing(view, bounds) {
  const [left, top, right, bottom] = bounds;
  const [across, down] = [view.width / view.scale, view.height / view.scale];
  if (right - left > across || bottom - top > down) return fitted(bounds, { width: view.width, height: view.height });
  const isSeen = left >= view.x && right <= view.x + across && top >= view.y && bottom <= view.y + down;
  return isSeen ? view : { ...view, x: (left + right - across) / 2, y: (top + bottom - down) / 2 };
}

/** The longest round length that a bar of at most so many pixels shows. */
export function scaleBar(scale, most = 130) {
  const metres = BARS.find((length) => length * scale <= most) ?? BARS[BARS.length - 1];
  return { metres, pixels: metres * scale };
}
