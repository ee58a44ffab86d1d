// The service worker: installed once, and told to take over only when the volunteer says so.

/** Register the worker; `onWaiting` is called when a newer scanner waits. */
export async function watchVersions(onWaiting) {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register("/gate/sw.js", { scope: "/gate/" }).catch(() => null);
  if (!registration) return;
  const look = () => registration.waiting && navigator.serviceWorker.controller && onWaiting();
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => document.body.dataset.update === "asked" && location.reload());
}

/** Let the waiting scanner take over; the page loads again. The queue is on disk and stays. */
export async function takeNewVersion() {
  document.body.dataset.update = "asked";
  const registration = await navigator.serviceWorker.getRegistration("/gate/");
  registration?.waiting?.postMessage("take over");
}
