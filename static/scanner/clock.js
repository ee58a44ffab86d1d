// What this phone knows of its clock. `offset_ms` is added to the phone's time to get the server's; `doubt_ms` is how
// far that may be off: half the round trip, a little for each hour since, and any jump of the clock in between.

const DAY_MS = 86_400_000;
const DRIFT = 0.0001; // a cheap quartz: less than 9 seconds a day
const JUMP_MS = 1000;

/** Nothing is known: the server puts such scans right by the time of sending, and marks them. */
export const UNMEASURED = { offset_ms: 0, doubt_ms: DAY_MS, wall: null, steady: null };

/** One exchange with the server as a measurement; times in milliseconds, `steady` from performance.now(). */
export function measured({ sentAt, receivedAt, serverTime, steady }) {
  return {
    offset_ms: Math.round(serverTime - (sentAt + receivedAt) / 2),
    doubt_ms: Math.ceil(Math.abs(receivedAt - sentAt) / 2) + 1,
    wall: receivedAt,
    steady,
  };
}

/** Offset and doubt at this moment. A measurement from another page load has `steady` null: no jump can be seen. */
export function reading(clock, wall, steady) {
  const passed = clock.wall === null ? 0 : Math.abs(wall - clock.wall);
  const jump = clock.steady === null ? 0 : Math.abs(wall - clock.wall - (steady - clock.steady));
  const doubt = clock.doubt_ms + passed * DRIFT + (jump > JUMP_MS ? jump : 0);
  return { offset_ms: clock.offset_ms, doubt_ms: Math.min(Math.ceil(doubt), DAY_MS), at: wall + clock.offset_ms };
}

/** The measurement to trust from now on: a slow exchange does not replace a good one that is still good. */
export function better(known, fresh, wall, steady) {
  return reading(known, wall, steady).doubt_ms < reading(fresh, wall, steady).doubt_ms ? known : fresh;
}
