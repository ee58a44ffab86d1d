// A USB or Bluetooth scanner that types: characters in quick succession, closed by Enter or Tab.

import { PREFIX } from "./codec.js";
import { fromShortCode } from "./short_code.js";

const GAP_MS = 250; // between two characters; slow ones are sent by radio
const SHORTEST = 6;

// Scanners type as an American keyboard does; a phone set to Danish makes other signs of the same keys.
const ON_KEYS = {
  Space: " ",
  Minus: "-",
  Slash: "/",
  Period: ".",
  Equal: ["=", "+"],
  Semicolon: [";", ":"],
};
const OVER_DIGITS = ")!@#$%^&*(";

/** What an American keyboard means by a key: `code` is the place of the key, whatever is printed on it. */
export function americanKey(code = "", isShifted = false) {
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter) return isShifted ? letter[1] : letter[1].toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return isShifted && code.startsWith("Digit") ? OVER_DIGITS[digit[1]] : digit[1];
  const signs = ON_KEYS[code];
  return Array.isArray(signs) ? signs[Number(isShifted)] : (signs ?? "");
}

// The reading that is a pass: as it came, else by the places of the keys, else with Caps Lock taken away. Else one that
// is a short code, whose dashes are other signs on another keyboard.
function meantBy(typed, placed) {
  const isShortCode = (text) => "passId" in fromShortCode(text);
  const turned = (text) => text.replace(/[a-z]/gi, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));
  return [typed, placed, turned(typed), turned(placed)].find((text) => text.startsWith(PREFIX)) ?? [typed, placed].find(isShortCode) ?? typed;
}

/**
 * A listener to key presses: `press(event, at)` answers {text, isTyping}: the text when a scanner has typed one, else
 * null; and whether a scanner seems to be typing, so that its spaces and Enters must press no button.
 */
export function makeWedge(gapMs = GAP_MS) {
  let typed = "";
  let placed = "";
  let count = 0;
  let lastAt = Number.NEGATIVE_INFINITY;

  function clear() {
    typed = "";
    placed = "";
    count = 0;
  }

  return {
    press({ key, code, shiftKey }, at) {
      if (at - lastAt > gapMs) clear();
      if (key === "Enter" || key === "Tab") {
        const text = count >= SHORTEST ? meantBy(typed, placed) : null;
        clear();
        return { text, isTyping: text !== null };
      }
      if ([...key].length === 1 || key === "Dead") {
        typed += key === "Dead" ? "" : key;
        placed += americanKey(code, shiftKey);
        count += 1;
        lastAt = at;
      }
      return { text: null, isTyping: count > 1 };
    },
  };
}
