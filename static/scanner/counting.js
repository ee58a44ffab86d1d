// People without a pass, counted by hand: what this phone counted today, in and out.

import { dayAt } from "./verdict.js";

/** The counting screen; `gate()` is the gate in use, `direction()` the way that is chosen. */
export function makeCounting({ ui, session, signals, gate, direction, isTraining }) {
  let practised = { in: 0, out: 0 };

  function today() {
    if (isTraining()) return practised;
    const days = session.knowledge.manifest()?.days ?? [];
    const day = dayAt(days, session.time().at)?.number ?? 0;
    const kept = session.knowledge.fact("tally");
    return kept?.day === day ? kept : { day, in: 0, out: 0 };
  }

  function show() {
    ui.say("tally-in", String(today().in));
    ui.say("tally-out", String(today().out));
  }

  return {
    show,
    /** Training begins anew. */
    clear() {
      practised = { in: 0, out: 0 };
    },

    async count(people) {
      const way = direction();
      const { isSaved } = await gate().tally(people, way);
      const counted = { ...today(), [way]: today()[way] + people };
      if (isTraining()) practised = counted;
      else session.knowledge.keepFact("tally", counted);
      signals.play(...(isSaved ? ["tally"] : ["tally", "unsaved"]));
      ui.alarm(isSaved ? null : "tally_not_saved");
      show();
    },
  };
}
