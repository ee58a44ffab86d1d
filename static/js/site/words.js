// What the page lends the editor: sentences in the reader's language, and how numbers are written there.

const MARKS = /[\u200e\u200f\u061c]/g; // Arabic writes one before a minus.

const ZONE = "Europe/Copenhagen";

/** {say, number, typed, listed, moment} from the page's block of texts. `say` fills named places such as %(name)s; `typed` is for fields. */
export function wordsOf(document) {
  const texts = JSON.parse(document.querySelector("[data-site-words]").textContent);
  const language = document.documentElement.lang || "en";
  const written = new Intl.NumberFormat(language, { maximumFractionDigits: 2, numberingSystem: "latn" });
  const number = (value) => written.format(value);
  const typed = typing(language);
  const say = (key, values = {}) => filled(texts[key] ?? key, values, number);
  return { say, number, typed, listed: (names) => listedIn(language, names), moment: (at) => momentIn(language, at) };
}

/** Names one after another, by the comma of the language; from right to left, each in its own direction. */
export function listedIn(language, names) {
  return language === "ar" ? names.map((name) => `\u2068${name}\u2069`).join("، ") : names.join(", ");
}

/** A moment on Copenhagen's clocks, wherever the device is, as the pages write it: the day before the month. */
export function momentIn(language, at) {
  const written = (locale, options) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, numberingSystem: "latn", ...options }).format(at);
  const day = written(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", year: "numeric" });
  return `${day}${language === "ar" ? "،\u00a0" : " "}${written("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

/** How a number stands in a field: with the decimal sign of the language, and without what `typedNumber` can't read. */
export function typing(language) {
  const options = { maximumFractionDigits: 3, numberingSystem: "latn", useGrouping: false, signDisplay: "negative" };
  const written = new Intl.NumberFormat(language, options);
  return (value) => written.format(value).replace(MARKS, "").replace("\u2212", "-");
}

/** A text with its places filled; numbers as they are written in the language. */
export function filled(text, values, number = String) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A number as somebody types it, with a comma or a point; null for anything else. */
export function typedNumber(text) {
  const plain = String(text ?? "").replace(MARKS, "").trim().replace("\u2212", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}
