// The page: texts, screens, the verdict, the status line. Knows the DOM and nothing of passes.

import { iconOf } from "./icons.js";
import { SEVERITIES } from "./verdict.js";

const RIGHT_TO_LEFT = ["ar"];
const ZONE = "Europe/Copenhagen";

/** The page's own hands. `texts` are the sentences by language and key, placeholders as %(name)s. */
export function makeUi(document, texts) {
  const root = document.documentElement;
  let words = texts[root.lang];

  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  const say = (name, text) => {
    if (part(name).textContent !== text) part(name).textContent = text;
  };

  function t(key, values = {}) {
    return (words[key] ?? key).replace(/%\((\w+)\)s/g, (_whole, name) => values[name] ?? "");
  }

  function timeOf(at) {
    const locale = `${root.lang}-u-nu-latn`;
    return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: ZONE }).format(at);
  }

  function dateOf(at) {
    const locale = root.lang === "en" ? "en-GB" : `${root.lang}-u-nu-latn`;
    return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: ZONE }).format(at);
  }

  function vehicle({ pitches, vehicle: kind, from, until }) {
    const item = document.createElement("li");
    const sort = kind ?? "unknown";
    const words = [pitches.join(" + "), `${timeOf(Date.parse(from))}–${timeOf(Date.parse(until))}`, t(`vehicle_${sort}`)];
    for (const [index, word] of words.entries()) {
      const text = document.createElement(index === 0 ? "strong" : "bdi");
      text.textContent = word;
      item.append(text, " ");
    }
    return item;
  }

  return {
    t,
    part,
    say,
    timeOf,
    languages: Object.keys(texts),

    /** Call `handler` when something with this data-action is pressed, chosen or submitted. */
    on(action, handler) {
      for (const element of document.querySelectorAll(`[data-action="${action}"]`)) {
        const kind = { FORM: "submit", SELECT: "change", INPUT: "change" }[element.tagName] ?? "click";
        element.addEventListener(kind, (event) => {
          if (kind === "submit") event.preventDefault();
          handler(event.currentTarget, event);
        });
      }
    },

    speak(language) {
      words = texts[language];
      root.lang = language;
      root.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
      for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
    },

    screen(name) {
      document.body.dataset.screen = name;
      for (const section of document.querySelectorAll("main > [data-screen]")) {
        section.hidden = !section.dataset.screen.split(" ").includes(name);
      }
    },

    screenName: () => document.body.dataset.screen,

    theme(name) {
      root.dataset.theme = name;
    },

    show(name, isShown = true) {
      part(name).hidden = !isShown;
    },

    /** A sentence that stays until it is taken away, or null. */
    alarm(key, values) {
      say("alarm", key ? t(key, values) : "");
      part("alarm").hidden = !key;
    },

    /** The verdict, as large as the screen allows. */
    verdict({ verdict, title, sentence, detail, isSaved, canLetIn, canUndo }) {
      const panel = part("verdict");
      panel.dataset.severity = SEVERITIES[verdict];
      panel.dataset.verdict = verdict;
      part("verdict-icon").replaceChildren(iconOf(verdict, SEVERITIES[verdict]));
      say("verdict-title", title);
      say("verdict-sentence", sentence);
      say("verdict-detail", detail);
      part("verdict-unsaved").hidden = isSaved;
      part("let-in").hidden = !canLetIn;
      part("undo").hidden = !canUndo;
      panel.hidden = false;
      panel.classList.remove("fresh");
      void panel.offsetWidth; // the same verdict twice is still two verdicts: start the animation again
      panel.classList.add("fresh");
    },

    hideVerdict() {
      part("verdict").hidden = true;
    },

    status({ saved, unsaved, refused, sent, fetchedAt, isFailing }) {
      say("saved", t("saved_here", { count: saved + unsaved }));
      say("sent", t("sent", { count: sent }));
      const minutes = fetchedAt ? Math.floor((Date.now() - fetchedAt) / 60_000) : null;
      say("age", ageText(t, minutes));
      document.body.dataset.line = isFailing ? "failing" : "good";
      document.body.dataset.age = minutes === null || minutes >= 15 ? "old" : "fresh";
      say("trouble", unsaved > 0 ? t("not_saved", { count: unsaved }) : t("refused", { count: refused }));
      part("trouble").hidden = unsaved + refused === 0;
    },

    /** The list of what was looked at before the first scan: {key, state: good|bad|open, sentence}. */
    checks(rows) {
      const items = rows.map(({ state, sentence }) => {
        const item = document.createElement("li");
        item.dataset.state = state;
        item.textContent = `${t(`check_${state}`)} ${sentence}`;
        return item;
      });
      part("checks").replaceChildren(...items);
    },

    /** Vehicles by day, each with its time, pitches and what it is. */
    vehicles(days) {
      const parts = days.flatMap(({ isToday, arrivals }) => {
        const heading = document.createElement("h3");
        const date = dateOf(Date.parse(arrivals[0].from));
        heading.textContent = isToday ? t("vehicles_today", { date }) : date;
        const list = document.createElement("ul");
        list.replaceChildren(...arrivals.map(vehicle));
        return [heading, list];
      });
      part("vehicles").replaceChildren(...parts);
    },

    facts(pairs) {
      const rows = pairs.flatMap(([name, value]) => {
        const term = document.createElement("dt");
        const text = document.createElement("dd");
        term.textContent = name;
        text.textContent = String(value);
        return [term, text];
      });
      part("facts").replaceChildren(...rows);
    },

    download(name, content) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  };
}

function ageText(t, minutes) {
  if (minutes === null) return t("age_unknown");
  return minutes === 0 ? t("age_now") : t("age_minutes", { count: minutes });
}
