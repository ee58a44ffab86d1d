// What the page lends the editor: sentences in the reader's language, and how numbers are written there.

/** {say, number} from the page's block of texts. `say` fills named places such as %(name)s. */
export function wordsOf(document) {
  const texts = JSON.parse(document.querySelector("[data-site-words]").textContent);
  const language = document.documentElement.lang || "en";
  const written = new Intl.NumberFormat(language, { maximumFractionDigits: 2, numberingSystem: "latn" });
  const number = (value) => written.format(value);
  const say = (key, values = {}) => filled(texts[key] ?? key, values, number);
  return { say, number };
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
  const plain = String(text ?? "").trim().replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}
