// What the server found wrong with an answer is said of that answer: it goes when another stands in its place.

/** Take back what is said to be wrong with a field, beside it and in the list above its form. */
export function takeBack(field) {
  const group = field.closest?.(".form-group.form-error");
  if (!group) return;
  group.classList.remove("form-error");
  const messages = [...group.querySelectorAll(".form-error-message")];
  for (const marked of group.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
  for (const described of group.querySelectorAll("[aria-describedby]")) {
    const gone = messages.map((message) => message.id);
    const left = described.getAttribute("aria-describedby").split(" ").filter((id) => !gone.includes(id));
    if (left.length) described.setAttribute("aria-describedby", left.join(" "));
    else described.removeAttribute("aria-describedby");
  }
  for (const message of messages) message.remove();
  for (const list of field.ownerDocument.querySelectorAll(".error-list")) takeOff(list, group);
}

/** Its lines off the list of what is wrong, and the list away once it is empty. */
function takeOff(list, group) {
  const ids = new Set([...group.querySelectorAll("[id]")].map((element) => `#${element.id}`));
  for (const line of [...list.children]) if (ids.has(line.querySelector("a")?.getAttribute("href"))) line.remove();
  if (!list.children.length) list.closest(".alert")?.remove();
}
