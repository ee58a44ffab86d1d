// Ways off this phone: the exported file, signing out, another gate, and an organiser who signs the phone out. None of
// them may lose a scan.

import { isUnanswered } from "./api.js";
import { exported, handOver } from "./export.js";

/** `facts` tells isOver (the page is on its way out) and isUnsendable (the server takes nothing from this phone any more). */
export function makeLeaving({ ui, session, facts }) {
  let inFile = new Set(); // ids in the file that was written last

  async function isInFile() {
    return (await session.queue.all()).every(({ scan_id: id }) => inFile.has(id));
  }

  async function forget(hash = "") {
    facts.isOver = true;
    await session.wipe();
    location.hash = hash;
    location.reload();
  }

  // Scans that wait are sent first; what the server will never take must be in a file before it may go.
  async function isFree(refusal) {
    const { saved, unsaved, refused } = await session.queue.counts();
    const waiting = saved + unsaved;
    if (waiting === 0 && refused === 0) return true;
    if ((waiting === 0 || facts.isUnsendable) && (await isInFile())) return true;
    ui.alarm(waiting > 0 ? refusal : "sign_out_refused", { count: waiting || refused });
    return false;
  }

  // Where the phone stays when a link or code doesn't take it in.
  const stays = (key) => ui.alarm(key, () => ({ gate: session.gateName() }));
  const refusalOf = (answer) => (isUnanswered(answer) ? "move_unreachable" : "move_refused");

  function questionTo({ gate, edition }) {
    const { edition: here, gate: now } = session.device();
    const isHere = edition.slug === here.slug;
    if (isHere && gate.code === now.code) return ui.t("move_ask_same", { gate: gate.name });
    return ui.t("move_ask", { here: session.gateName(), there: isHere ? gate.name : `${gate.name}, ${edition.name}` });
  }

  return {
    async export() {
      const scans = await session.queue.all();
      const { device, token } = session.device();
      const now = new Date().toISOString();
      const isHandedOver = await handOver(`scans-${device}.json`, await exported({ scans, device, token, now }));
      if (isHandedOver) inFile = new Set(scans.map(({ scan_id: id }) => id));
    },

    async signOut() {
      const refusal = facts.isUnsendable ? "sign_out_unsendable" : "sign_out_unsent";
      await session.sync.now();
      if (!(await isFree(refusal))) return;
      if (!facts.isUnsendable && session.messages.waiting().length > 0) return ui.alarm("sign_out_unsaid");
      if (!(await ui.ask(ui.t("sign_out_ask"), ui.t("sign_out")))) return;
      // Something may have been scanned while the question stood there.
      if ((await session.close()) || (await isFree(refusal))) await forget();
    },

    /**
     * Another gate, or a new shift. Scans are sent or the phone stays; and it stays where it is unless the new link takes
     * it in, because a link may be cut off, wrong, full or over. `code` is null for what is neither link nor code.
     */
    async moveTo(code) {
      if (code === null) return stays("move_malformed");
      if (await session.isOwnLink(code)) return;
      const invitation = await session.api.invitation(code, session.knowledge.language());
      if (invitation.status !== 200) return stays(refusalOf(invitation));
      if (!(await ui.ask(questionTo(invitation.body), ui.t("connect")))) return;
      await session.sync.now();
      if (!(await isFree("connect_unsent"))) return;
      if (!session.hasDisk) return forget(code);
      if (!(await session.close()) && !(await isFree("connect_unsent"))) return;
      const answer = await session.enrolAnew(code, ui.part("nickname").value.trim());
      if (answer.status !== 201) {
        session.reopen();
        return stays(refusalOf(answer));
      }
      facts.isOver = true;
      location.reload();
    },

    /** An organiser signed this phone out: what it holds is sent, then it forgets everything. */
    async revoked() {
      if (facts.isOver) return;
      facts.isOver = true;
      if (await session.close()) return forget("revoked");
      facts.isOver = false;
      const { saved, unsaved, refused } = await session.queue.counts();
      ui.alarm(saved + unsaved > 0 ? "device_revoked" : "sign_out_refused", { count: refused });
    },
  };
}
