// The sum of the appliances, told while one chooses; the server adds them up again.

const DIGITS = "٠١٢٣٤٥٦٧٨٩";

function countOf(typed) {
  return Number(String(typed).replace(/[٠-٩]/g, (digit) => DIGITS.indexOf(digit)));
}

/** Kilowatts of [count, watts] pairs; what is no count adds nothing. */
export function kilowatts(pairs) {
  const watts = pairs.reduce((sum, [count, each]) => sum + (countOf(count) > 0 ? countOf(count) * Number(each) : 0), 0);
  return Math.round(watts / 10) / 100;
}

/** A number as the server writes it in this language: plain digits, its decimal sign, nothing between thousands. */
export function written(number, language) {
  return number.toLocaleString(language, { numberingSystem: "latn", useGrouping: false });
}

/** What stands in the field for the total: the sum where there is one, else what was typed there oneself. */
export function total(sum, own, language) {
  return sum > 0 ? { value: written(sum, language), readOnly: true } : { value: own, readOnly: false };
}

/** Keep the sum beside the fields up to date, and in the field that it counts for. */
export function watchPower(document) {
  const part = document.querySelector("[data-power]");
  const sum = part?.querySelector("[data-power-sum]");
  if (!sum) return;
  const field = document.querySelector("[data-power-total]");
  const note = document.querySelector("[data-power-note]");
  const language = document.documentElement.lang;
  const fields = [...part.querySelectorAll("[data-watts]")];
  const added = () => kilowatts(fields.map((one) => [one.value, one.dataset.watts]));
  // A sum that stands there from last time is nothing of one's own.
  let own = added() > 0 ? "" : field.value;
  field.addEventListener("input", () => {
    own = field.value;
  });
  const tell = () => {
    const now = added();
    sum.hidden = note.hidden = now === 0;
    sum.querySelector("strong").textContent = written(now, language);
    Object.assign(field, total(now, own, language));
  };
  for (const one of fields) one.addEventListener("input", tell);
  tell();
}
