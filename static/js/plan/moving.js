// Going about on the plan without a mouse, and finding in lists. Pure: what it knows is given.

const TURNS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest pitch in the direction of an arrow key, from [{number, x, y}]; the same one where there is none. */
export function beside(pitches, from, key) {
  const [dx, dy] = TURNS[key];
  const here = pitches.find((pitch) => pitch.number === from);
  let best = from;
  let least = Infinity;
  for (const { number, x, y } of pitches) {
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    // What lies more to the side than ahead is for another arrow.
    if (number === from || along <= 0.1 || aside > 2 * along) continue;
    if (along + 2 * aside < least) {
      least = along + 2 * aside;
      best = number;
    }
  }
  return best;
}

/** Whether a key is one of the arrows. */
export function isArrow(key) {
  return key in TURNS;
}

const plain = (text) => text.toLocaleLowerCase().replace(/\s+/g, "");
// A01 is written A1 by hand, too.
const short = (text) => plain(text).replace(/(^|\D)0+(?=\d)/g, "$1");

/** The number that was typed, whole or its beginning; "" where none is meant. */
export function meant(numbers, typed) {
  if (!plain(typed)) return "";
  return (
    numbers.find((number) => plain(number) === plain(typed)) ??
    numbers.find((number) => short(number) === short(typed)) ??
    numbers.find((number) => plain(number).startsWith(plain(typed)) || short(number).startsWith(short(typed))) ??
    ""
  );
}

/** The numbers in what somebody typed, between spaces, commas, semicolons or plus signs. */
export function numbersIn(text) {
  return text.split(/[\s,;+]+/).filter(Boolean);
}

/** Whether a text has all of the words, and needs what is asked for. */
export function isWanted({ text, needs }, words, need) {
  const told = text.toLocaleLowerCase();
  const hasWords = words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word));
  return hasWords && (!need || needs.split(" ").includes(need));
}

/** A sentence with its {places} filled. */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** What a pointer does that went so far and stays so long: "pull", "scroll" or "" for not yet known. */
export function gesture({ isTouch, far, ms }) {
  if (!isTouch) return far > 5 ? "pull" : "";
  if (far > 10) return "scroll";
  return ms >= 350 ? "pull" : "";
}
