// The lists of the page: what was checked, vehicles, scans.

import { made } from "./ui.js";

/** The rows of what was looked at before the first scan: {state: good|bad|open, sentence}. */
export function checkRows(rows, t) {
  return rows.map(({ state, sentence }) => {
    const item = made("li", "", { "data-state": state });
    const text = made("p");
    text.append(made("strong", `${t(`check_${state}`)}:`), " ", sentence);
    item.append(text);
    return item;
  });
}

/** Vehicles by day, each with its time, pitches and what it is. */
export function vehicleDays(days, ui) {
  return days.flatMap(({ isToday, arrivals }) => {
    const date = ui.dateOf(Date.parse(arrivals[0].from));
    const list = made("ul");
    list.append(...arrivals.map((arrival) => vehicle(arrival, ui)));
    return [made("h3", isToday ? ui.t("vehicles_today", { date }) : date), list];
  });
}

function vehicle({ pitches, vehicle: kind, from, until }, ui) {
  const item = made("li");
  const times = `${ui.timeOf(Date.parse(from))}–${ui.timeOf(Date.parse(until))}`;
  const sort = ui.t(`vehicle_${kind ?? "unknown"}`);
  item.append(made("strong", pitches.join(" + ")), " ", made("bdi", times), " ", made("bdi", sort), " ");
  return item;
}

/** Scans, the latest first: {at, title, about, isTakenBack}; `onUndo` is called with the row whose button is pressed. */
export function scanRows(rows, ui, onUndo) {
  return rows.map((row) => {
    const item = made("li");
    const text = made("p");
    text.append(made("bdi", ui.timeOf(row.at)), " ", made("strong", row.title), made("br"), made("bdi", row.about, { class: "code" }));
    item.append(text);
    if (row.isTakenBack) item.append(made("em", ui.t("taken_back")));
    else if (row.canUndo) {
      const button = made("button", ui.t("undo"), { type: "button" });
      button.addEventListener("click", () => onUndo(row));
      item.append(button);
    }
    return item;
  });
}
