// The sum of the appliances, told while one chooses; the server adds them up again.

/** Kilowatts of [count, watts] pairs; what is no count adds nothing. */
export function kilowatts(pairs) {
  const watts = pairs.reduce((sum, [count, each]) => sum + (Number(count) > 0 ? Number(count) * Number(each) : 0), 0);
  return Math.round(watts / 10) / 100;
}

/** Keep the sum beside the fields up to date. */
export function watchPower(document) {
  const part = document.querySelector("[data-power]");
  const sum = part?.querySelector("[data-power-sum]");
  if (!sum) return;
  const fields = [...part.querySelectorAll("[data-watts]")];
  const tell = () => {
    const total = kilowatts(fields.map((field) => [field.value, field.dataset.watts]));
    sum.hidden = total === 0;
    sum.querySelector("strong").textContent = total.toLocaleString(document.documentElement.lang);
  };
  for (const field of fields) field.addEventListener("input", tell);
  tell();
}
