// How the plan lies on the earth: the same projection as `rules/plan_geometry.Frame`, held together by shared vectors.
import { turned } from "./geometry.js";

const EARTH_RADIUS_M = 6_371_008.8; // Mean radius, IUGG.
const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (radians_) => (radians_ * 180) / Math.PI;

/** Where a [longitude, latitude] lies on the plan: metres to the right and downwards of its zero. */
export function metres(frame, corner) {
  const east = radians(corner[0] - frame.longitude) * Math.cos(radians(frame.latitude)) * EARTH_RADIUS_M;
  const north = radians(corner[1] - frame.latitude) * EARTH_RADIUS_M;
  return turned([east, -north], -frame.turned);
}

/** The [longitude, latitude] of a point of the plan. */
export function position(frame, point) {
  const [east, south] = turned(point, frame.turned);
  const longitude = frame.longitude + degrees(east / (Math.cos(radians(frame.latitude)) * EARTH_RADIUS_M));
  return [longitude, frame.latitude - degrees(south / EARTH_RADIUS_M)];
}

/** By how many degrees an arrow that points up is turned to point north. */
export const northOf = (frame) => -degrees(frame.turned);
