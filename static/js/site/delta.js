// What was drawn since it was loaded, apart from what was there: small enough to keep on the device, and fit to be laid
// over a newer drawing that somebody else has saved meanwhile.
import { featureOf, keyOf } from "./things.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const keyed = (features) => new Map(features.map((feature) => [keyOfFeature(feature), feature]));

function keyOfFeature({ properties }) {
  const { was = "", ...told } = properties;
  return keyOf({ was, told });
}

/**
 * {changed: [{before, after}], added, removed} from the features that were loaded to the things that are drawn. Things
 * that are the very ones of `untouched` are known to be as they were loaded.
 */
export function deltaOf(loaded, things, frame, untouched = new Map()) {
  const before = keyed(loaded);
  const delta = { changed: [], added: [], removed: [] };
  for (const thing of things.values()) {
    const key = keyOf(thing);
    if (key && untouched.get(thing.id) === thing) {
      before.delete(key);
      continue;
    }
    const old = key ? before.get(key) : undefined;
    const after = featureOf(thing, frame);
    before.delete(key);
    if (!old) delta.added.push(after);
    else if (!same(old, after)) delta.changed.push({ before: old, after });
  }
  delta.removed = [...before.values()];
  return delta;
}

/** Whether there is nothing in it. */
export const isEmpty = ({ changed, added, removed }) => !changed.length && !added.length && !removed.length;

/**
 * A delta over features, newer ones perhaps: {features, clashes}. Where both changed the same thing, or one took away what
 * the other changed, this drawing's stands and its name is among the clashes.
 */
export function applied(delta, features) {
  const found = keyed(features);
  const clashes = [];
  for (const { before, after } of delta.changed) {
    const key = keyOfFeature(before);
    const there = found.get(key);
    if (!there || !same(there, before)) clashes.push(spoken(after));
    found.set(key, there ? after : asNew(after));
  }
  for (const feature of delta.removed) {
    const key = keyOfFeature(feature);
    if (found.has(key) && !same(found.get(key), feature)) clashes.push(spoken(feature));
    found.delete(key);
  }
  return { features: [...found.values(), ...delta.added.map(asNew)], clashes };
}

const spoken = ({ properties }) => String(properties.number ?? properties.board ?? properties.code ?? "");

function asNew(feature) {
  const { was: _gone, ...told } = feature.properties;
  return { ...feature, properties: told };
}
