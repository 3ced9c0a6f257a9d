// Shows a page of its own without a connection, and notices that there is news. Keeps nothing of the talk.
const WORDS = /*words*/{};
const CACHE = "lapor-" + WORDS.assets.concat(WORDS.offline).join();

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([WORDS.offline, ...WORDS.assets])));
});

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(WORDS.offline)));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

// The browser itself says when the connection is back, even to a page that it has put to sleep.
addEventListener("sync", (event) => event.waitUntil(pages().then((open) => open.forEach((page) => page.postMessage("send")))));

addEventListener("push", (event) => event.waitUntil(pages().then((open) => {
  if (open.some((page) => page.visibilityState === "visible")) return undefined;
  return registration.showNotification(WORDS.title, { body: WORDS.news, icon: WORDS.icon, tag: "lapor" });
})));

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(pages().then((open) => (open[0] ? open[0].focus() : clients.openWindow("/"))));
});

const pages = () => clients.matchAll({ type: "window", includeUncontrolled: true });
