// A file on its way: how much of it is sent, and trying again when the connection breaks. Without script the form is sent as ever.

/** Whole per cents of what is sent, 0 where the size isn't known. */
export function percent(sent, total) {
  return total > 0 ? Math.min(100, Math.floor((100 * sent) / total)) : 0;
}

/** Show progress for the form that carries a file. */
export function watchUpload(document, window) {
  const form = document.querySelector("[data-upload]");
  const bar = form?.querySelector("[data-upload-bar]");
  const status = form?.querySelector("[data-upload-status]");
  if (!bar || !status) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new window.XMLHttpRequest();
    const button = form.querySelector("button[type=submit]");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = percent(loaded, total);
      status.textContent = `${bar.value} %`;
    });
    request.addEventListener("load", () => show(document, window, request));
    request.addEventListener("error", () => {
      bar.hidden = true;
      button.disabled = false;
      status.textContent = status.dataset.lost;
    });
    bar.hidden = false;
    button.disabled = true;
    request.open("POST", form.action);
    request.send(new window.FormData(form));
  });
}

/** The answer: the page after it, or the same page with what is wrong. */
function show(document, window, request) {
  if (request.status < 400) return window.location.assign(request.responseURL);
  const answer = new window.DOMParser().parseFromString(request.responseText, "text/html");
  document.querySelector("main").replaceWith(answer.querySelector("main"));
  watchUpload(document, window);
  document.querySelector("[role=alert], .form-error-message")?.scrollIntoView();
}
