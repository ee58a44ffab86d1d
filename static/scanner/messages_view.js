// The newest message that nobody here has acknowledged, above everything else; and those that were, in the menu.

/** `ui` has t, part and timeOf; `messages` is makeMessages; `onRead` hears of a tap. Answers {show}. */
export function makeMessagesView(document, { ui, messages, onRead }) {
  const panel = element("section", { className: "told", role: "alert", hidden: true });
  const list = element("ul", { className: "told-before" });
  document.querySelector("main").before(panel);
  ui.part("facts").after(list);

  function element(name, { role, ...properties } = {}) {
    const made = Object.assign(document.createElement(name), properties);
    if (role) made.setAttribute("role", role);
    return made;
  }

  // What somebody wrote keeps its own direction of writing.
  const said = (name, message) => element(name, { dir: "auto", textContent: message.text });
  const when = ({ sent_at: at, gate }) => `${ui.timeOf(Date.parse(at))} · ${ui.t(gate ? "message_gate" : "message_all")}`;

  function button(message) {
    const made = element("button", { type: "button", textContent: ui.t("message_understood") });
    made.addEventListener("click", async () => {
      made.disabled = true;
      await messages.acknowledge(message.code);
      onRead();
    });
    return made;
  }

  let shown = "";
  return {
    /** Show how it stands. Nothing is touched where nothing changed, so that a tap is never lost and nothing is read out twice. */
    show() {
      const [message, ...others] = messages.unread();
      const before = messages.read();
      const now = JSON.stringify([message, others.length, before, document.documentElement.lang]);
      if (now === shown) return;
      shown = now;
      panel.hidden = !message;
      const more = others.length > 0 ? [element("p", { textContent: ui.t("message_more", { count: others.length }) })] : [];
      panel.replaceChildren(...(message ? [element("p", { textContent: when(message) }), said("strong", message), button(message), ...more] : []));
      list.replaceChildren(
        ...before.map((one) => {
          const item = element("li");
          item.append(said("strong", one), " ", element("span", { textContent: when(one) }));
          return item;
        }),
      );
    },
  };
}
