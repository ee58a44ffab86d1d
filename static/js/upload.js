// A file on its way: too large ones stay here, how much of it is sent, and trying again when the connection breaks.
// Without script the form is sent as ever.
import { keepTyped } from "./keep.js";
import { takeBack } from "./wrong.js";

/** Whole per cents of what is sent, 0 where the size isn't known. */
export function percent(sent, total) {
  return total > 0 ? Math.min(100, Math.floor((100 * sent) / total)) : 0;
}

/** Whether a chosen file has more bytes than may be sent. */
export function isTooLarge(file, most) {
  return Boolean(file && most > 0 && file.size > most);
}

/** What is sent: the fields, and the button that was pressed, which says where to go on. */
function sent(window, form, button) {
  const data = new window.FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return data;
}

/** Show progress for the form that carries a file. */
export function watchUpload(document, window) {
  const form = document.querySelector("[data-upload]");
  const bar = form?.querySelector("[data-upload-bar]");
  const status = form?.querySelector("[data-upload-status]");
  if (!bar || !status) return;
  const file = form.querySelector("input[type=file]");
  const large = form.querySelector("[data-upload-large]"); // Not on every page that takes files.
  const look = () => {
    const isRefused = isTooLarge(file.files[0], Number(form.dataset.most)) && large !== null;
    if (large) large.hidden = !isRefused;
    return !isRefused;
  };
  file.addEventListener("change", () => {
    takeBack(file); // It was said of the file before.
    look();
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !file.files.length) return; // Held offline, or nothing to wait for.
    event.preventDefault();
    if (!look()) return file.focus();
    const request = new window.XMLHttpRequest();
    const buttons = [...form.querySelectorAll("button")];
    const data = sent(window, form, event.submitter);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = percent(loaded, total);
      status.textContent = `${bar.value} %`;
    });
    request.addEventListener("load", () => show(document, window, request));
    request.addEventListener("error", () => {
      bar.hidden = true;
      for (const button of buttons) button.disabled = false;
      status.textContent = status.dataset.lost;
    });
    bar.hidden = false;
    for (const button of buttons) button.disabled = true;
    request.open("POST", form.action);
    request.setRequestHeader("X-Progress", "1"); // The answer says where to go; following it is the page's own.
    request.send(data);
  });
}

/** The answer: the page after it, or the same page with what is wrong. */
function show(document, window, request) {
  if (request.status < 400) return window.location.assign(request.getResponseHeader("Location") ?? request.responseURL);
  const answer = new window.DOMParser().parseFromString(request.responseText, "text/html");
  document.querySelector("main").replaceWith(answer.querySelector("main"));
  keepTyped(document, window);
  watchUpload(document, window);
  document.querySelector("[role=alert]:not([hidden]), .form-error-message:not([hidden])")?.scrollIntoView();
}
