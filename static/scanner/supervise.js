// What a supervisor's phone may do beyond scanning: look a pass up, and take scans back, of any phone at the gates.

import { scanRows } from "./lists.js";
import { fromShortCode, toShortCode } from "./short_code.js";

const MOST_SHOWN = 50;

const plain = (text) => text.toUpperCase().replace(/[^0-9A-Z*~$=]/g, "");

/** The search; `stage` has the words of verdicts and gates. */
export function makeSearch({ ui, session, stage, onUndone }) {
  let passId = null;
  let told = null; // what the server told of the pass

  const isSupervisor = () => session.device()?.role === "supervise";

  function titleOf({ tally, verdict, voids, direction }) {
    if (voids) return ui.t("undo");
    if (tally !== null && tally !== undefined) return `${ui.t(direction)} ${tally > 0 ? "+" : "−"}${Math.abs(tally)}`;
    return `${ui.t(direction)}: ${verdict ? stage.wordsOf(verdict).title : ""}`;
  }

  function rowOf(entry, takenBack) {
    const code = entry.pass_id ? toShortCode(entry.pass_id) : "";
    const about = [code, entry.gate ? stage.gateName(entry.gate) : ""].filter(Boolean).join(" · ");
    return { ...entry, title: titleOf(entry), about, isTakenBack: takenBack.has(entry.scan_id), canUndo: !entry.voids };
  }

  function ownRows() {
    const entries = session.knowledge.entries();
    const takenBack = new Set(entries.map(({ voids }) => voids));
    const typed = plain(ui.part("search").value);
    const isMeant = ({ pass_id: id, voids }) =>
      !voids && (passId ? id === passId : !typed || (id !== null && plain(toShortCode(id)).includes(typed)));
    return entries.filter(isMeant).slice(0, MOST_SHOWN).map((entry) => rowOf(entry, takenBack));
  }

  // The server's word, and what this phone wrote down since.
  function rows() {
    const own = ownRows();
    if (!told) return own;
    const takenBack = new Set(session.knowledge.entries().map(({ voids }) => voids));
    const theirs = told.scans.map((scan) => {
      const row = rowOf({ ...scan, at: Date.parse(scan.at), pass_id: passId }, takenBack);
      return { ...row, isTakenBack: row.isTakenBack || scan.taken_back };
    });
    const known = new Set(theirs.map(({ scan_id: id }) => id));
    return [...theirs, ...own.filter(({ scan_id: id }) => !known.has(id))].sort((one, other) => other.at - one.at);
  }

  function show() {
    const found = rows();
    ui.part("found").replaceChildren(...scanRows(found, ui, takeBack));
    ui.say("search-heading", passId ? toShortCode(passId) : ui.t("search_latest"));
    ui.say("search-note", noteOf(found));
  }

  function noteOf(found) {
    if (!passId) return found.length === 0 ? ui.t("search_none") : "";
    if (!told) return ui.t("search_own_only");
    const notes = [told.pass ? ui.t(`kind_${told.pass.kind}`) : ui.t("search_not_issued")];
    if (told.pass?.revoked) notes.push(stage.wordsOf("revoked").title);
    if (found.length === 0) notes.push(ui.t("search_never"));
    return notes.join(" · ");
  }

  async function takeBack(row) {
    const what = `${ui.timeOf(row.at)} ${row.title} ${row.about}`;
    if (!(await ui.ask(ui.t("undo_ask", { what }), ui.t("undo")))) return;
    await session.gate.undo(row);
    show();
    onUndone();
  }

  return {
    isSupervisor,

    open() {
      passId = null;
      told = null;
      ui.part("search").value = "";
      ui.say("search-refusal", "");
      show();
    },

    /** Something was typed: the phone's own scans of it are shown at once. */
    typed() {
      passId = null;
      told = null;
      ui.say("search-refusal", "");
      show();
    },

    submit() {
      const { passId: found, refusal } = fromShortCode(ui.part("search").value);
      ui.say("search-refusal", refusal ? ui.t(refusal) : "");
      return refusal ? undefined : this.lookUp(found);
    },

    /** Everything that is known of a pass: from the server, or what this phone has seen of it. */
    async lookUp(id) {
      passId = id;
      told = null;
      show();
      const answer = await session.api.history(id);
      if (passId !== id) return;
      told = answer.status === 200 ? answer.body : null;
      show();
    },
  };
}
