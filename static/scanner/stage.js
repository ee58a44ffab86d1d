// What was said last: the verdict large, its sound, and what the volunteer may do about it.

import { entryOf } from "./gate.js";

const CALM_MS = 1500; // so long a verdict stands before a code that is no pass may take its place
const GO_MS = 2500; // so long "go" stays; the rest stays until the next scan

/** The stage; `session` as session.js opens it, `onShown` is called after each verdict. */
export function makeStage({ ui, session, signals, onShown }) {
  let shown = null;
  let hiding = null;

  const manifest = () => session.knowledge.manifest();
  const gateName = (code) => (manifest()?.gate.code === code ? manifest().gate.name : (manifest()?.gates?.[code] ?? code));

  function daysOf({ days }) {
    const valid = (manifest()?.days ?? []).filter(({ number }) => (days >> (number - 1)) & 1);
    return valid.map(({ opens_at: at }) => ui.dateOf(Date.parse(at))).join(", ");
  }

  function detailOf({ kind, before, verdict, letIn, isOverruled, reading }) {
    const about = kind ? [ui.t(`kind_${kind}`)] : [];
    if (before && verdict === "already_admitted") {
      about.push(ui.t("before_at", { time: ui.timeOf(before.at), gate: gateName(before.gate) }));
    }
    if (verdict === "not_valid_today" && daysOf(reading.fields)) about.push(ui.t("valid_on", { days: daysOf(reading.fields) }));
    if (verdict === "cannot_decide" && !isOverruled) about.push(ui.t(letIn ? "rule_let_in" : "rule_not_let_in"));
    return about.join(" · ");
  }

  /** Title and sentence of a verdict: the gate's own, else those that the page brought. */
  function wordsOf(verdict) {
    const words = manifest()?.verdicts[verdict];
    return words ?? { title: ui.t(`title_${verdict}`), sentence: ui.t(`sentence_${verdict}`) };
  }

  /** The same for who was let in all the same: that it is noted stands in the place of what to do. */
  const saidOf = ({ verdict, isOverruled }) =>
    isOverruled ? { ...wordsOf(verdict), sentence: ui.t("let_in_noted") } : wordsOf(verdict);

  function speak() {
    const values = shown && { verdict: wordsOf(shown.verdict).title, time: ui.timeOf(shown.at) };
    ui.say("last", values ? ui.t("last", values) : "");
  }

  function hide() {
    clearTimeout(hiding);
    ui.hideVerdict();
  }

  return {
    gateName,
    wordsOf,
    hide,
    /** What was said last, in the language of the moment. */
    speak,
    shown: () => shown,
    /** What was shown, as an entry of the phone's own log. */
    entry: () => entryOf(shown.scan, shown.before),

    show(taken, { isTraining }) {
      const now = performance.now();
      const isCalm = shown !== null && now - shown.since < CALM_MS && shown.verdict !== "unreadable";
      if (taken.verdict === "unreadable" && isCalm) return;
      const words = saidOf(taken);
      shown = { ...taken, since: now, at: session.time().at };
      ui.verdict({
        verdict: taken.verdict,
        title: words.title,
        sentence: words.sentence,
        detail: detailOf(taken),
        scanId: taken.scan.scan_id,
        isSaved: taken.isSaved,
        canLetIn: !taken.letIn && taken.direction === "in",
        canUndo: !isTraining && session.device().role === "supervise",
      });
      speak();
      signals.play(...(taken.isSaved ? [taken.verdict] : [taken.verdict, "unsaved"]));
      clearTimeout(hiding);
      if (taken.verdict === "admitted" || taken.verdict === "left") hiding = setTimeout(ui.hideVerdict, GO_MS);
      onShown(taken);
    },

    /** Nothing was shown yet: another gate, or training, begins. */
    clear() {
      shown = null;
      speak();
      hide();
    },
  };
}
