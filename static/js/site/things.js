// What is drawn, as the editor holds it: one thing for each feature of GeoJSON, with its points in metres on the plan.
//
//   id        of this session alone
//   was       the number it was loaded under; "" for what is new
//   told      its properties
//   shape     Point, LineString, Polygon, or "" for a board that nobody has drawn yet
//   points    in metres; a ring without the first corner once more
//   geometry  what was loaded, for as long as the points are those of it: what isn't moved goes back as it came
import { metres, position } from "./frame.js";

export const PITCH = "pitch";
export const BOARD = "board";
const PLACES = 8; // Of a degree: about a millimetre.

export const kindOf = (thing) => thing.told.kind || PITCH;
export const isPitch = (thing) => kindOf(thing) === PITCH;
export const isBoard = (thing) => kindOf(thing) === BOARD;

/** The property that names a thing. */
export const nameField = (thing) => (isPitch(thing) ? "number" : isBoard(thing) ? "board" : "code");

/** What a thing is called: a pitch's number, a board's or another one's code. */
export const nameOf = (thing) => String(thing.told[nameField(thing)] ?? "");

/** What names are unique within: those of pitches, of boards, of all else. */
export const sortOf = (thing) => (isPitch(thing) ? PITCH : isBoard(thing) ? BOARD : "feature");

/** Under what a thing was loaded, among all sorts; "" for what is new. */
export const keyOf = (thing) => (thing.was ? `${sortOf(thing)}:${thing.was}` : "");

/** A thing from a feature of GeoJSON. */
export function thingOf(feature, frame, id) {
  const { was = "", ...told } = feature.properties ?? {};
  const geometry = feature.geometry ?? null;
  return { id, was, told, shape: geometry?.type ?? "", points: pointsOf(geometry, frame), geometry };
}

function pointsOf(geometry, frame) {
  if (!geometry) return [];
  if (geometry.type === "Point") return [metres(frame, geometry.coordinates)];
  const corners = geometry.type === "Polygon" ? geometry.coordinates[0].slice(0, -1) : geometry.coordinates;
  return corners.map((corner) => metres(frame, corner));
}

/** The feature of GeoJSON for a thing. */
export function featureOf(thing, frame) {
  const properties = thing.was ? { ...thing.told, was: thing.was } : { ...thing.told };
  return { type: "Feature", geometry: thing.geometry ?? geometryOf(thing, frame), properties };
}

function geometryOf(thing, frame) {
  if (!thing.shape) return null;
  const corners = thing.points.map((point) => position(frame, point).map((part) => Number(part.toFixed(PLACES))));
  if (thing.shape === "Point") return { type: "Point", coordinates: corners[0] };
  if (thing.shape === "LineString") return { type: "LineString", coordinates: corners };
  return { type: "Polygon", coordinates: [[...corners, corners[0]]] };
}

/** All things of a document, by their ids, in its order. */
export function thingsOf(features, frame) {
  return new Map(features.map((feature, n) => [`t${n}`, thingOf(feature, frame, `t${n}`)]));
}

/** Things of a document that was just saved, under the ids and in the order that they had while they were drawn. */
export function thingsAgain(features, frame, before, newId) {
  const ids = new Map([...before.values()].map((thing) => [`${sortOf(thing)}:${nameOf(thing)}`, thing.id]));
  const found = features.map((feature) => {
    const thing = thingOf(feature, frame, "");
    return { ...thing, id: ids.get(keyOf(thing)) ?? newId() };
  });
  const place = new Map([...before.keys()].map((id, n) => [id, n]));
  found.sort((one, other) => (place.get(one.id) ?? before.size) - (place.get(other.id) ?? before.size));
  return new Map(found.map((thing) => [thing.id, thing]));
}

/** The same thing with other points. */
export const placed = (thing, points) => ({ ...thing, points, geometry: null });

/** The same thing with other properties. */
export const saying = (thing, told) => ({ ...thing, told: { ...thing.told, ...told } });
