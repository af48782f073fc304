// Hides the marks of changes on a live page ([data-news], a number for each change) when they have been seen: in view, in the foreground,
// for 10 seconds, or for 2 seconds before a key or pointer press. While the page is in the background, its title shows that there is news.
const longMs = 10000, shortMs = 2000, sign = "● ";
const seen = new Set(), inView = new Map();
const watcher = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting && !inView.has(target)) inView.set(target, { since: performance.now(), stamp: target.dataset.news });
    else if (!isIntersecting) inView.delete(target);
  }
});
const watched = new WeakSet();
let unseen = 0;

// Numbers belong to a page: on another page, forget those that were seen.
let page = location.pathname;

function look() {
  if (page !== location.pathname) { page = location.pathname; seen.clear(); inView.clear(); }
  unseen = 0;
  for (const mark of document.querySelectorAll("[data-news]")) {
    const isSeen = seen.has(mark.dataset.news);
    if (mark.hidden !== isSeen) mark.hidden = isSeen;
    if (isSeen) continue;
    unseen++;
    if (!watched.has(mark)) { watched.add(mark); watcher.observe(mark); }
    const view = inView.get(mark);
    if (view && view.stamp !== mark.dataset.news) inView.set(mark, { since: performance.now(), stamp: mark.dataset.news });
  }
  for (const mark of [...inView.keys()]) if (!mark.isConnected) inView.delete(mark);
  title();
}

function title() {
  const bare = document.title.startsWith(sign) ? document.title.slice(sign.length) : document.title;
  const wanted = document.hidden && unseen > 0 ? sign + bare : bare;
  if (document.title !== wanted) document.title = wanted;
}

function forget(afterMs) {
  const now = performance.now();
  for (const [mark, view] of inView) if (now - view.since >= afterMs && view.stamp === mark.dataset.news) seen.add(view.stamp);
  look();
}

document.addEventListener("visibilitychange", () => {
  // Time in the background does not count as in view.
  for (const view of inView.values()) view.since = performance.now();
  title();
});
for (const act of ["pointerdown", "keydown"]) document.addEventListener(act, () => forget(shortMs), { passive: true });
setInterval(() => { if (!document.hidden && inView.size > 0) forget(longMs); }, 1000);
new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-news"] });
new MutationObserver(title).observe(document.head, { childList: true, subtree: true, characterData: true });
look();
