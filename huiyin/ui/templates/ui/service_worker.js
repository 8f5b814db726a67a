// Keeps the pages' own files, an offline page, and the writing pages one has opened. Nothing else is stored.
"use strict";
const SHELL = "shell-{{ version }}";
const PAGES = "pages";
const OFFLINE = "{{ offline|escapejs }}";
const FILES = [{% for url in shell %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  if (event.data?.forget) event.waitUntil(caches.delete(PAGES));
  if (event.data?.keep) event.waitUntil(keep(event.data.keep));
});
const keep = async (path) => {
  const answer = await fetch(path, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await (await caches.open(PAGES)).put(path, answer);
};
const page = async (request) => {
  try {
    return await fetch(request);
  } catch {
    const path = new URL(request.url).pathname;
    const kept = await (await caches.open(PAGES)).match(path);
    return kept ?? (await caches.match(OFFLINE));
  }
};
self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request)));
});
