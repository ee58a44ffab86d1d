// Questions that hang on another's answer: shown when it is given. Without this, each says on what it hangs.

/** Whether any of the answers given is among those that a question hangs on. */
export function isShown(given, answers) {
  return given.some((answer) => answers.includes(answer));
}

/** Show and hide [data-shown-if] parts as the answers to the question that they name change. */
export function watchConditions(document) {
  const parts = [...document.querySelectorAll("[data-shown-if]")];
  if (!parts.length) return;
  const given = (name) =>
    [...document.querySelectorAll(`[name="${name}"]`)]
      .filter((field) => !field.closest("[data-shown-if][hidden]"))
      .filter((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : true))
      .map((field) => field.value);
  // In the order of the page: what hangs on a hidden one is hidden too.
  const look = () => {
    for (const part of parts) part.hidden = !isShown(given(part.dataset.shownIf), part.dataset.answers.split(" "));
  };
  document.addEventListener("change", look);
  look();
}
