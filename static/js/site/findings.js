// What is wrong with the drawing, in sentences that lead to the place; marked on the plan by the same.
import { concerned } from "./find.js";

const MOST = 100;

export class Findings {
  /** `editor` has drawing, server, words, broken and refused (both by id), show(ids), repaint(), body(). */
  constructor(editor, panel) {
    Object.assign(this, { editor, list: panel.querySelector("ul"), state: panel.querySelector("[data-findings-state]") });
    this.list.addEventListener("click", (event) => {
      const { ids } = event.target.closest("button")?.dataset ?? {};
      if (ids) editor.goTo(ids.split(" "));
    });
  }

  /** Ask the server, and show its answer unless the drawing has changed meanwhile. */
  async look() {
    const { drawing, server, words } = this.editor;
    const { things } = drawing;
    const ids = [...things.keys()];
    this.state.textContent = words.say("looking");
    const answer = await server.look(this.editor.body());
    if (!answer || things !== drawing.things) return;
    if (answer.kind === "ok") this.show(answer.data, ids);
    else this.state.textContent = words.say(answer.kind === "signed_out" ? "signed_out_short" : "not_looked");
  }

  /** Show an answer: {refused, findings}, `ids` being those of the features that were sent. */
  show({ refused = [], findings = [] }, ids) {
    const { drawing, words } = this.editor;
    const about = concerned(findings, drawing.things);
    const broken = new Map();
    findings.forEach(({ message }, n) => about[n].forEach((id) => put(broken, id, message)));
    const wrong = new Map();
    for (const { place, field, message } of refused) {
      put(wrong, ids[place], { field, message });
      put(broken, ids[place], message);
    }
    const lines = [
      ...refused.map((one) => ({ ids: [ids[one.place]], text: refusalOf(one) })),
      ...findings.map(({ message }, n) => ({ ids: about[n], text: message })),
    ];
    this.list.replaceChildren(...lines.slice(0, MOST).map(line));
    const more = Math.max(0, lines.length - MOST);
    this.state.textContent = words.say(lines.length ? (more ? "found_more" : "found_some") : "found_nothing", { count: lines.length, more });
    this.editor.judged(broken, wrong);
  }
}

/** Why something can't be kept, with its name where it has one. */
export const refusalOf = ({ code, message }) => (code ? `${code}: ${message}` : message);

function put(map, id, what) {
  map.set(id, [...(map.get(id) ?? []), what]);
}

function line({ ids, text }) {
  const [item, button] = [document.createElement("li"), document.createElement("button")];
  Object.assign(button, { type: "button", textContent: text, className: "site-finding" });
  button.dataset.ids = ids.join(" ");
  item.append(button);
  return item;
}
