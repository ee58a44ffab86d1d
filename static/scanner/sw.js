// The scanner's service worker: the page and its parts from the phone, everything else from the network.
// The build writes the list of parts with their hashes, so a new build is a new cache.

/* global __PRECACHE__, __VERSION__ */
const CACHE = `gate-${__VERSION__}`;
const PAGE = "/gate/";
const PARTS = new Set(__PRECACHE__.map((part) => part.url));

self.addEventListener("install", (event) => {
  // Asked for anew each time; what the browser holds already and is still right isn't sent a second time.
  const requests = [...PARTS, PAGE].map((url) => new Request(url, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event));
  else if (PARTS.has(url.pathname)) event.respondWith(part(url.pathname, event.request));
});

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("gate-") && name !== CACHE).map((name) => caches.delete(name)));
}

// The kept page at once; its new words arrive with the next opening. A page that came with a newer scanner is left to
// the newer worker: page and parts always belong together.
async function page(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGE);
  const fresh = fetch(event.request);
  if (!kept) return fresh;
  event.waitUntil(fresh.then((response) => renew(cache, response)).catch(() => {}));
  return kept;
}

async function renew(cache, response) {
  await self.registration.update();
  const isNewer = self.registration.installing || self.registration.waiting;
  if (response.ok && !response.redirected && !isNewer) await cache.put(PAGE, response);
}

async function part(pathname, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname)) ?? fetch(request);
}
