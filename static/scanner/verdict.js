// The decision on the phone: pure, from what it knows. The server judges again (eventsys/gate/rules/fold.py); both run
// tests/vectors/verdict-vectors.json. Order: code → edition → revoked → day → gate (kind, then hours) → already seen.

/** The one list of verdicts, with how each is shown. */
export const SEVERITIES = {
  admitted: "go",
  already_admitted: "look",
  left: "go",
  not_valid_today: "stop",
  not_this_gate: "stop",
  revoked: "stop",
  unknown_pass: "stop",
  bad_signature: "stop",
  other_event: "stop",
  unreadable: "look",
  cannot_decide: "look",
};

const OUTCOMES = {
  not_a_pass: "unreadable",
  malformed: "unreadable",
  unsupported_version: "cannot_decide",
  unknown_key: "cannot_decide",
  bad_signature: "bad_signature",
};

/** Under which a pass on a day is remembered. */
export function placeOf(day, passId) {
  return `${day} ${passId}`;
}

/** The manifest's day whose window holds the moment (milliseconds), or null. */
export function dayAt(days, at) {
  return days.find((day) => Date.parse(day.window_from) <= at && at < Date.parse(day.window_until)) ?? null;
}

/** Whom the gate takes on a day: the manifest's rule of that day, else all that it takes, at any hour. */
export function ruleOf(gate, number) {
  return gate.rules?.find((rule) => rule.day === number) ?? { kinds: gate.kinds, open: true, opens_at: null, closes_at: null };
}

/** Whether anybody may come in at a moment (milliseconds); going out has no hours. */
export function takesInAt({ open, opens_at: from, closes_at: until }, at) {
  return open && (from === null || Date.parse(from) <= at) && (until === null || at < Date.parse(until));
}

/**
 * What to say to a reading.
 *
 * knowledge  {manifest, revoked: Set, admitted: Map, seen: Map, hasChanges}; the maps by `placeOf`:
 *            admitted → {at, gate, state?} as the server told, seen → {state, at, gate, scan} as this phone saw, and by which scan
 * reading    the codec's {outcome, fields?, claimedPassId?}, or {typed: passId} for a typed short code
 * occasion   {at: corrected milliseconds, direction}
 * Answers {verdict, passId, kind, day, before}; `passId` null for a code that names no pass of ours.
 */
export function decide(knowledge, reading, { at, direction }) {
  const day = dayAt(knowledge.manifest.days, at);
  const passId = reading.fields?.passId ?? reading.typed ?? reading.claimedPassId ?? null;
  const before = passId && day ? lastKnown(knowledge, placeOf(day.number, passId)) : null;
  const known = { at, day, passId, before, direction };
  const verdict = reading.typed ? ofTyped(knowledge, known) : ofCode(knowledge, reading, known);
  return { verdict, passId, kind: reading.fields?.kind ?? null, day: day?.number ?? null, before };
}

function ofCode({ manifest, revoked, hasChanges }, { outcome, fields, keyId }, { at, day, before, direction }) {
  // Anybody may have the training pass, also where a gate lets in what it can't decide.
  if (outcome === "unknown_key" && manifest.training?.keys[keyId]) return "unknown_pass";
  if (outcome !== "ok") return OUTCOMES[outcome];
  if (fields.edition !== manifest.edition.number) return "other_event";
  if (revoked.has(fields.passId)) return "revoked";
  if (!day || !isValidOn(fields.days, day.number)) return "not_valid_today";
  const rule = ruleOf(manifest.gate, day.number);
  if (!rule.kinds.includes(fields.kind)) return "not_this_gate";
  if (direction === "in" && !takesInAt(rule, at)) return "not_this_gate";
  if (!hasChanges) return "cannot_decide";
  return byState(before, direction);
}

function ofTyped({ manifest, revoked }, { at, day, passId, before, direction }) {
  if (revoked.has(passId)) return "revoked";
  // Its kind is not known; that nobody may come in here now, is.
  if (day && direction === "in" && !takesInAt(ruleOf(manifest.gate, day.number), at)) return "not_this_gate";
  return before?.state === "inside" ? byState(before, direction) : "cannot_decide";
}

function byState(before, direction) {
  if (direction === "out") return "left";
  return before?.state === "inside" ? "already_admitted" : "admitted";
}

function isValidOn(days, number) {
  return number >= 1 && number <= 16 && ((days >> (number - 1)) & 1) === 1;
}

/** What is known of a pass on a day, whichever is later: the server's word or this phone's own scan. */
function lastKnown({ admitted, seen }, place) {
  const told = admitted.get(place);
  const own = seen.get(place);
  if (told && (!own || own.at < told.at)) return { state: told.state ?? "inside", at: told.at, gate: told.gate };
  return own ?? null;
}

/** Whether the person goes in without anybody deciding otherwise. */
export function letsIn(verdict, direction, gate) {
  if (direction === "out") return false;
  return verdict === "admitted" || verdict === "already_admitted" || (verdict === "cannot_decide" && gate.let_in_on_cannot_decide);
}

/** What to remember of a decided scan, or null: {place, state, at, gate}. */
export function remembered(decision, { at, direction, letIn, gate }) {
  if (decision.passId === null || decision.day === null) return null;
  const place = placeOf(decision.day, decision.passId);
  if (decision.verdict === "left") return { place, state: "outside", at, gate };
  const isIn = direction === "in" && (decision.verdict === "admitted" || decision.verdict === "already_admitted" || letIn);
  return isIn ? { place, state: "inside", at, gate } : null;
}
