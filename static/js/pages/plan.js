// The plan page of organisers: a booth is taken in the hand, the server says where it fits, and it is put somewhere.
// Without this, each booth's own page does the same with a form.
import { beside, filled, isArrow, isWanted, meant, numbersIn } from "../plan/moving.js";
import { watchPulls } from "../plan/pulling.js";
import { ask } from "../plan/question.js";
import * as server from "../plan/server.js";

const SVG = "http://www.w3.org/2000/svg";
const SIGNS = { fits: "✓", wishes: "~", breaks: "✕" };
const TYPING_MS = 1500;

const plan = document.querySelector("[data-plan]");
const panel = document.querySelector("[data-hand]");
if (plan && panel) work();

function work() {
  const dialog = document.querySelector("[data-against]");
  const token = dialog.querySelector("[name=csrf_token]").value;
  const words = panel.dataset;
  let held = null; // What the server told of the booth in the hand, with {code, name} until it has.
  let current = ""; // The pitch that the arrow keys are on.
  let typed = { text: "", at: 0 };
  let isBusy = false;

  const part = (name) => panel.querySelector(`[data-${name}]`);
  const shapes = () => [...plan.querySelectorAll("[data-pitch]")];
  const shapeOf = (number) => plan.querySelector(`[data-pitch="${CSS.escape(number)}"]`);
  const say = (sentence) => (part("said").textContent = sentence);
  const urlOf = (code) => plan.dataset.booth.replace("CODE", code);

  // ─── the hand ───

  async function take(code, name, day = plan.dataset.day) {
    putDown();
    held = { code, name, day };
    say(filled(words.taking, { name }));
    try {
      const told = await server.hand(urlOf(code), day);
      if (held?.code !== code) return;
      held = { ...told, day };
    } catch {
      putDown();
      say(words.lost);
      return;
    }
    showHeld();
    const over = plan.querySelector(".map-over");
    say(over ? sentenceAt(over.dataset.pitch) : `${filled(words.taken, held)} ${held.scope}`);
  }

  function showHeld() {
    part("tools").hidden = false;
    part("name").textContent = held.name;
    part("told").textContent = [held.told, held.numbers.join(", "), held.reason].filter(Boolean).join(" · ");
    part("page").href = urlOf(held.code);
    part("scope").textContent = held.scope;
    // Chosen once for this booth: the day that is shown alone, or all of its days.
    part("day").hidden = !held.hasOthers && held.day === plan.dataset.day;
    panel.querySelector("#hand-day").checked = held.day !== "";
    panel.querySelector("[data-act=fix]").hidden = !held.numbers.length || held.isFixed;
    panel.querySelector("[data-act=unfix]").hidden = !held.isFixed;
    panel.querySelector("[data-act=take-off]").hidden = !held.numbers.length;
    for (const shape of shapes()) mark(shape, ...(held.pitches[shape.dataset.pitch] ?? []));
    for (const item of plan.querySelectorAll("[data-code]")) item.classList.toggle("is-held", item.dataset.code === held.code);
    const legend = plan.querySelector("[data-hand-legend]");
    if (legend) legend.hidden = false;
  }

  function mark(shape, verdict, _sentence, isTaken) {
    const label = shape.querySelector("text");
    const isHere = held.numbers.includes(shape.dataset.pitch);
    shape.classList.toggle("map-hand-here", isHere);
    if (!verdict || !label || isHere) return;
    shape.classList.add(`map-hand-${verdict}`);
    const sign = document.createElementNS(SVG, "text");
    sign.setAttribute("class", "map-verdict");
    for (const name of ["x", "font-size", "text-anchor"]) sign.setAttribute(name, label.getAttribute(name));
    sign.setAttribute("y", String(Number(label.getAttribute("y")) + 1.3 * Number(label.getAttribute("font-size"))));
    sign.textContent = (isTaken ? "⇄ " : "") + SIGNS[verdict];
    shape.append(sign);
  }

  function putDown() {
    for (const sign of plan.querySelectorAll(".map-verdict")) sign.remove();
    for (const shape of shapes()) shape.classList.remove("map-over", "map-hand-here", ...Object.keys(SIGNS).map((name) => `map-hand-${name}`));
    for (const item of plan.querySelectorAll(".is-held")) item.classList.remove("is-held");
    part("tools").hidden = true;
    part("choice").replaceChildren();
    const legend = plan.querySelector("[data-hand-legend]");
    if (legend) legend.hidden = true;
    for (const name of ["name", "told", "scope"]) part(name).textContent = "";
    held = null;
  }

  function sentenceAt(number) {
    const found = held?.pitches?.[number];
    if (!found) return held ? filled(words.taking, held) : (shapeOf(number)?.getAttribute("aria-label") ?? "");
    if (held.numbers.includes(number)) return `${number}: ${words.here}`;
    const numbers = found[3].length ? found[3].join(" + ") : number;
    return `${numbers}: ${held.sentences[found[1]]}`;
  }

  function lookAt(shape) {
    for (const other of plan.querySelectorAll(".map-over")) if (other !== shape) other.classList.remove("map-over");
    if (!shape || shape.classList.contains("map-over")) return;
    shape.classList.add("map-over");
    if (held) say(sentenceAt(shape.dataset.pitch));
  }

  // ─── doing something ───

  async function put(number) {
    const { code, name, numbers: from, pitches, day, days } = held;
    if (from?.includes(number)) return leave();
    if (isBusy) return;
    // Put somewhere before the server has told of every pitch: it is asked about this one all the same.
    const numbers = pitches?.[number]?.[3]?.length ? pitches[number][3] : numbersIn(number);
    await busy(async () => {
      const told = await server.check(urlOf(code), numbers, day);
      if (told.refused) return say(told.refused);
      let reason = "";
      if (told.rules.length || told.question) {
        reason = await ask(dialog, { title: `${name}: ${told.numbers.join(", ")}`, ...told });
        if (reason === null) return say(sentenceAt(number));
      }
      const on = days ?? told.days;
      const values = told.other ? { "swap-other": told.other, "swap-reason": reason, "swap-days": on } : { numbers: told.numbers.join(","), reason, days: on };
      await finish(`${urlOf(code)}/${told.other ? "swap" : "place"}`, values, told.numbers[0]);
    });
  }

  async function finish(url, values, focusOn) {
    const { isDone, page, said } = await server.act(url, { ...values, csrf_token: token, to: "plan", day: plan.dataset.day });
    if (!isDone) return say(said || words.lost);
    putDown();
    server.refresh(document, page);
    prepare();
    say(said);
    if (focusOn) focus(focusOn);
  }

  async function busy(job) {
    isBusy = true;
    try {
      await job();
    } catch {
      say(words.lost);
    } finally {
      isBusy = false;
    }
  }

  function leave() {
    if (!held) return;
    const { name } = held;
    putDown();
    say(filled(words.putDown, { name }));
  }

  function touch(shape) {
    const number = shape.dataset.pitch;
    current = number;
    if (held) return put(number);
    const codes = shape.dataset.codes?.split(" ") ?? [];
    const names = shape.dataset.names?.split("|") ?? [];
    if (codes.length > 1) return choose(number, codes, names);
    if (codes.length) return take(codes[0], names[0]);
    say(filled(words.empty, { number }));
  }

  function choose(number, codes, names) {
    say(filled(words.several, { number }));
    const buttons = codes.map((code, n) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary";
      button.textContent = names[n];
      button.addEventListener("click", () => take(code, names[n]));
      return button;
    });
    part("choice").replaceChildren(...buttons);
    buttons[0].focus();
  }

  // ─── keyboard ───

  function focus(number) {
    const shape = shapeOf(number);
    if (!shape) return;
    shapeOf(current)?.setAttribute("tabindex", "-1");
    shape.setAttribute("tabindex", "0");
    current = number;
    shape.focus({ preventScroll: false });
  }

  function goOn() {
    focus(current);
    say(`${filled(words.taken, held)} ${sentenceAt(current)}`);
  }

  function middles() {
    return shapes().map((shape) => {
      const label = shape.querySelector("text");
      return { number: shape.dataset.pitch, x: Number(label.getAttribute("x")), y: Number(label.getAttribute("y")) };
    });
  }

  function press(event) {
    const shape = event.target.closest?.("[data-pitch]");
    if (event.key.length > 1 && event.key !== "Shift") typed.text = "";
    if (event.key === "Escape" && held && !dialog.open) {
      leave();
      return;
    }
    if (!shape || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isArrow(event.key)) focus(beside(middles(), shape.dataset.pitch, event.key));
    else if (event.key === "Enter" || event.key === " ") touch(shape);
    else if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) seek(event);
    else return;
    event.preventDefault();
  }

  function seek(event) {
    typed = { text: (event.timeStamp - typed.at < TYPING_MS ? typed.text : "") + event.key, at: event.timeStamp };
    const numbers = shapes().map((shape) => shape.dataset.pitch);
    // What leads nowhere is the beginning of another number.
    if (!meant(numbers, typed.text)) typed.text = event.key;
    const number = meant(numbers, typed.text);
    if (number) focus(number);
  }

  // ─── the list ───

  function narrow() {
    const form = plan.querySelector("[data-narrow]");
    if (!form) return;
    const asked = form.querySelector("[data-words]").value;
    const need = form.querySelector("[data-need]").value;
    let count = 0;
    for (const item of plan.querySelectorAll("[data-code]")) {
      item.hidden = !isWanted({ text: item.dataset.words, needs: item.dataset.needs }, asked, need);
      count += !item.hidden;
    }
    plan.querySelector("[data-nobody]").hidden = count > 0;
  }

  /** What fresh parts of the page get: pitches as buttons, one of them reached by Tab; the list's buttons. */
  function prepare() {
    for (const shape of shapes()) {
      shape.setAttribute("role", "button");
      shape.setAttribute("tabindex", "-1");
    }
    current = shapeOf(current) ? current : (shapes()[0]?.dataset.pitch ?? "");
    shapeOf(current)?.setAttribute("tabindex", "0");
    for (const button of plan.querySelectorAll("[data-take]")) button.hidden = false;
    for (const row of plan.querySelectorAll("[data-narrow-button]")) row.hidden = isLive();
  }

  const isLive = () => !/[?&](who|need)=[^&]/.test(window.location.search);

  const wasPull = watchPulls(document, window, {
    sourceOf: (element) => {
      const found = isBusy ? null : element.closest?.("[data-codes], [data-code]");
      if (!found || !plan.contains(found) || element.closest("button")) return null;
      const code = (found.dataset.code ?? found.dataset.codes).split(" ");
      return code.length === 1 ? { code: code[0], name: found.dataset.names } : null;
    },
    begin: ({ code, name }) => take(code, name),
    over: lookAt,
    drop: (shape) => {
      lookAt(null);
      if (!shape) return leave();
      current = shape.dataset.pitch;
      if (held) put(current);
    },
  });

  plan.addEventListener("click", (event) => {
    if (wasPull()) return event.preventDefault();
    const shape = event.target.closest("[data-pitch]");
    const item = event.target.closest("[data-code]");
    if (shape) touch(shape);
    else if (event.target.closest("[data-take]")) {
      // Who pressed a key goes on from the map.
      take(item.dataset.code, item.dataset.names).then(() => event.detail === 0 && held?.pitches && goOn());
    } else if (item && !event.target.closest("a")) take(item.dataset.code, item.dataset.names);
  });
  plan.addEventListener("focusin", (event) => event.target.matches("[data-pitch]") && held && say(sentenceAt(event.target.dataset.pitch)));
  plan.addEventListener("pointerover", (event) => {
    const shape = event.target.closest("[data-pitch]");
    if (held && event.pointerType === "mouse") lookAt(shape);
  });
  document.addEventListener("keydown", press);
  panel.addEventListener("change", (event) => {
    if (event.target.id === "hand-day" && held) take(held.code, held.name, event.target.checked ? plan.dataset.day : "");
  });
  plan.addEventListener("input", (event) => event.target.closest("[data-narrow]") && narrow());
  plan.addEventListener("submit", (event) => {
    const { target } = event;
    if (target.matches("[data-narrow]") && isLive()) event.preventDefault();
    else if (target.matches("[data-number]")) {
      event.preventDefault();
      const number = target.querySelector("input").value;
      const known = numbersIn(number).map((one) => meant(shapes().map((shape) => shape.dataset.pitch), one) || one);
      if (held) put(known.join(","));
    } else if (target.matches("[data-step]")) {
      event.preventDefault();
      const { name, value } = target.querySelector("button");
      busy(() => finish(target.action, { [name]: value }, ""));
    }
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-act]")) busy(() => finish(`${urlOf(held.code)}/${button.dataset.act}`, { days: held.days }, held.numbers[0]));
    else if (button?.matches("[data-down]")) leave();
  });
  panel.hidden = false;
  prepare();
}
