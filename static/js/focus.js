// data-focus: the element that the reader must meet first (the list of errors above a form) gets the focus when the page opens.

export function focusFirst(root) {
  const element = root.querySelector("[data-focus]");
  if (element) {
    element.focus();
  }
  return element;
}
