// The page: texts, screens, the verdict, the status line. Knows the DOM and nothing of passes.

import { iconOf } from "./icons.js";
import { SEVERITIES } from "./verdict.js";

const RIGHT_TO_LEFT = ["ar"];
const ZONE = "Europe/Copenhagen";
const OLD_MINUTES = 15;
const HOUR = 60;

/** The page's own hands. `texts` are the sentences by language and key, placeholders as %(name)s. */
export function makeUi(document, texts) {
  const root = document.documentElement;
  let words = texts[root.lang];
  let alarmed = null; // the sentence that stands, and what is filled in

  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  const say = (name, text) => {
    if (part(name).textContent !== text) part(name).textContent = text;
  };

  function t(key, values = {}) {
    return (words[key] ?? key).replace(/%\((\w+)\)s/g, (_whole, name) => values[name] ?? "");
  }

  // A sentence that stays until another screen opens, or null to take it away; `values` may be a function, for names that
  // change with the language.
  function alarm(key, values) {
    alarmed = key ? { key, values } : null;
    say("alarm", key ? t(key, typeof values === "function" ? values() : values) : "");
    part("alarm").hidden = !key;
  }

  const format = (at, options) => {
    const locale = root.lang === "en" ? "en-GB" : `${root.lang}-u-nu-latn`;
    return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(at);
  };

  return {
    t,
    part,
    say,
    languages: Object.keys(texts),
    timeOf: (at) => format(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    dateOf: (at) => format(at, { weekday: "long", day: "numeric", month: "long" }),

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
      document.title = `${t("scanner")} – eventsys`;
      if (alarmed) alarm(alarmed.key, alarmed.values);
      for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
      for (const select of document.querySelectorAll('select[data-action="language"]')) select.value = language;
    },

    screen(name) {
      document.body.dataset.screen = name;
      for (const section of document.querySelectorAll("main > [data-screen]")) {
        section.hidden = !section.dataset.screen.split(" ").includes(name);
      }
      document.defaultView.scrollTo(0, 0);
      alarm(null);
    },

    screenName: () => document.body.dataset.screen,

    theme(name) {
      root.dataset.theme = name;
      part("theme").value = name;
    },

    show(name, isShown = true) {
      part(name).hidden = !isShown;
    },

    alarm,

    /** Ask before something that can't be undone; a promise of true or false. */
    ask(question, act) {
      const dialog = part("ask");
      say("ask-question", question);
      say("ask-yes", act);
      dialog.returnValue = "";
      dialog.showModal();
      return new Promise((resolve) => {
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
      });
    },

    /** The verdict, as large as the screen allows. */
    verdict({ verdict, title, sentence, detail, scanId, isSaved, canLetIn, canUndo }) {
      const panel = part("verdict");
      panel.dataset.severity = SEVERITIES[verdict];
      panel.dataset.verdict = verdict;
      panel.dataset.scan = scanId;
      panel.dataset.saved = isSaved;
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

    /** The line at the top; `isOnline` null before the first attempt. */
    status({ saved, unsaved, refused, sent, age, isOnline }) {
      say("saved", t("saved_here", { count: saved + unsaved }));
      say("sent", t("sent", { count: sent }));
      const minutes = age === null ? null : Math.floor(age / 60_000);
      say("age", ageText(t, minutes));
      say("net", isOnline === null ? "" : t(isOnline ? "online" : "offline"));
      document.body.dataset.line = isOnline === false ? "failing" : "good";
      document.body.dataset.age = minutes === null || minutes >= OLD_MINUTES ? "old" : "fresh";
      say("trouble", unsaved > 0 ? t("not_saved", { count: unsaved }) : t("refused", { count: refused }));
      part("trouble").hidden = unsaved + refused === 0;
    },

    /** Names and values, one under the other. */
    facts(pairs) {
      const rows = pairs.flatMap(([name, value]) => [made("dt", name), made("dd", String(value))]);
      part("facts").replaceChildren(...rows);
    },
  };
}

/** An element with a text. */
export function made(name, text = "", attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

function ageText(t, minutes) {
  if (minutes === null) return t("age_unknown");
  if (minutes <= 0) return t("age_now");
  return minutes < HOUR ? t("age_minutes", { count: minutes }) : t("age_hours", { count: Math.floor(minutes / HOUR) });
}
