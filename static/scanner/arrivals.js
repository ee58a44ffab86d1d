// Vehicles that are expected: by day in Copenhagen, the running or next day first, found by the number of the pitch.
// Only the list of the manifest: nothing is marked, and nothing goes into the scan log.

const ZONE = "Europe/Copenhagen";
const dates = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

// "a1", "A-01" and "A 1" name one pitch: letters and digits alone, without zeros before a number.
const plain = (number) =>
  number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/(^|\P{N})0+(?=\p{N})/gu, "$1");

/** Whether an arrival is one of a pitch whose number begins as typed; anything is while nothing is typed. */
export function isOfPitch(arrival, typed) {
  const wanted = plain(typed);
  return arrival.pitches.some((number) => plain(number).startsWith(wanted));
}

/** The arrivals by day: today and what is to come first, then the days that are over. `now` in milliseconds. */
export function expectedDays(arrivals, now) {
  const today = dates.format(now);
  const byDate = new Map();
  for (const arrival of [...arrivals].sort((one, other) => Date.parse(one.from) - Date.parse(other.from))) {
    const date = dates.format(Date.parse(arrival.from));
    byDate.set(date, [...(byDate.get(date) ?? []), arrival]);
  }
  const days = [...byDate].map(([date, list]) => ({ date, isToday: date === today, arrivals: list }));
  return [...days.filter(({ date }) => date >= today), ...days.filter(({ date }) => date < today)];
}
