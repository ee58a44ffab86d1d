// Map tiles in Web Mercator, laid on the plan: over a tile's size the two projections differ by less than a line's width.
import { metres, position } from "./frame.js";

const CLOSEST = 19;
const MOST = 80;
const METRES_A_PIXEL = 156_543.033_928; // At the equator, of the tile of the whole world.
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Where a position lies among the tiles of a level, in tiles from the upper left. */
export function tileOf([longitude, latitude], level) {
  const count = 2 ** level;
  const up = Math.asinh(Math.tan(radians(latitude)));
  return [((longitude + 180) / 360) * count, ((1 - up / Math.PI) / 2) * count];
}

/** The position of a tile's upper left corner. */
export function cornerOf([across, down], level) {
  const count = 2 ** level;
  return [(across / count) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * down) / count))) * 180) / Math.PI];
}

/** The level whose pixels are about as large as the window's. */
export function levelFor(scale, latitude) {
  return Math.max(1, Math.min(CLOSEST, Math.round(Math.log2(METRES_A_PIXEL * Math.cos(radians(latitude)) * scale))));
}

/** The tiles that a view needs: each with its address and the SVG transform of a square of one by one. */
export function tilesFor(view, frame, template) {
  const [across, down] = [view.width / view.scale, view.height / view.scale];
  const corners = [[0, 0], [across, 0], [0, down], [across, down]].map(([x, y]) => position(frame, [view.x + x, view.y + y]));
  const level = levelFor(view.scale, frame.latitude);
  const there = corners.map((corner) => tileOf(corner, level));
  const bounds = [0, 1].map((axis) => [Math.min(...there.map((one) => one[axis])), Math.max(...there.map((one) => one[axis]))].map(Math.floor));
  const found = [];
  for (let x = bounds[0][0]; x <= bounds[0][1]; x += 1) {
    for (let y = bounds[1][0]; y <= bounds[1][1]; y += 1) found.push(tile(x, y, level, frame, template));
  }
  return found.length > MOST ? [] : found;
}

function tile(x, y, level, frame, template) {
  const [begin, right, below] = [[x, y], [x + 1, y], [x, y + 1]].map((at) => metres(frame, cornerOf(at, level)));
  const parts = [right[0] - begin[0], right[1] - begin[1], below[0] - begin[0], below[1] - begin[1], ...begin];
  const url = template.replace("{z}", level).replace("{x}", x).replace("{y}", y);
  return { key: `${level}/${x}/${y}`, url, transform: `matrix(${parts.join(" ")})` };
}
