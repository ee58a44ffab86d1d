// The question before a move that breaks a rule or makes two change places.

/** Ask; the reason that was written ("" where none is needed), or null for no. Focus goes back by itself. */
export function ask(dialog, { title, question, rules, lost, scope }) {
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const reason = dialog.querySelector("#against-reason");
  part("against-title").textContent = title;
  part("question").textContent = question;
  part("question").hidden = !question;
  part("scope").textContent = scope;
  part("scope").hidden = !scope;
  list(part("rules-part"), part("rules"), rules);
  list(part("lost-part"), part("lost"), lost);
  part("reason-part").hidden = !rules.length;
  part("reason-missing").hidden = true;
  reason.value = "";
  return new Promise((resolve) => {
    let answer = null;
    const agree = (event) => {
      event.preventDefault();
      if (rules.length && !reason.value.trim()) {
        part("reason-missing").hidden = false;
        reason.setAttribute("aria-invalid", "true");
        reason.focus();
        return;
      }
      answer = reason.value.trim();
      dialog.close();
    };
    const leave = () => dialog.close();
    const done = () => {
      dialog.querySelector("form").removeEventListener("submit", agree);
      part("no").removeEventListener("click", leave);
      reason.removeAttribute("aria-invalid");
      resolve(answer);
    };
    dialog.querySelector("form").addEventListener("submit", agree);
    part("no").addEventListener("click", leave);
    dialog.addEventListener("close", done, { once: true });
    dialog.showModal();
    (rules.length ? reason : part("yes")).focus();
  });
}

function list(part, items, sentences) {
  part.hidden = !sentences.length;
  items.replaceChildren(
    ...sentences.map((sentence) => {
      const item = items.ownerDocument.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
}
