// The same code held in view counts once.

const HELD_MS = 2000;

/** A function isNew(text, at): true the first time a code comes into view; it must be gone for two seconds. */
export function makeHolding(heldMs = HELD_MS) {
  const lastSeen = new Map();
  return function isNew(text, at) {
    for (const [other, seenAt] of lastSeen) if (at - seenAt > heldMs) lastSeen.delete(other);
    const isHeld = lastSeen.has(text);
    lastSeen.set(text, at);
    return !isHeld;
  };
}
