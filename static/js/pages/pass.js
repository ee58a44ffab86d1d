// Keeps the page of passes on the phone: asks its worker to hold this page and what it is made of.
keep(document, window);

/** Register the worker of /passes/ and hand it the addresses of the page and its parts. */
async function keep(document, window) {
  const workers = window.navigator.serviceWorker;
  if (!workers || !document.querySelector(".pass-deck")) return;
  try {
    await workers.register("/passes/sw.js", { scope: "/passes/" });
    const registration = await workers.ready;
    await document.fonts.ready;
    const parts = window.performance.getEntriesByType("resource").map((entry) => entry.name);
    const here = window.location.origin;
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => {
      if (data === "kept") document.querySelector("[data-kept]").hidden = false;
    };
    registration.active.postMessage(
      { page: window.location.href.split("#")[0], parts: parts.filter((part) => part.startsWith(`${here}/static/dist/`)) },
      [channel.port2],
    );
  } catch {
    // Without a worker (a private window, an old phone) the page still works online.
  }
}
