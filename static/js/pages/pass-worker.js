// The worker of /passes/: pages of passes and their parts from the network, and from the phone where there is none.
const CACHE = "passes-1";
const PATIENCE = 3000;
const STATIC = "/static/dist/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { page, parts } = event.data ?? {};
  if (typeof page !== "string" || !Array.isArray(parts)) return;
  event.waitUntil(hold(page, parts).then(() => event.ports[0]?.postMessage("kept"), () => {}));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname.startsWith("/passes/")) event.respondWith(pageOf(event));
  else if (url.pathname.startsWith(STATIC)) event.respondWith(part(event.request));
});

async function hold(page, parts) {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(page, { cache: "reload" }));
  for (const address of new Set(parts)) {
    if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address);
  }
}

// The network first, so that a revoked pass shows; when it is slow or away, what the phone holds.
async function pageOf(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request).then(async (response) => {
    if (response.status === 404 || response.status === 410) await cache.delete(event.request, { ignoreVary: true });
    else if (kept && response.ok && !response.redirected) await cache.put(event.request, response.clone());
    return response;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([fresh.catch(() => kept), late]);
}

async function part(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}
