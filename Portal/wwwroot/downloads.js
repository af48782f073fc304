// A press on the link of a file (a[download]) says at once that the file is being made, and then that it is there or why it is not and what
// to do. The link itself is plain: without this script, and for whoever fetches its address, the browser downloads it as always.
const bar = document.getElementById("downloads"), looks = "mud-paper mud-paper-outlined mud-elevation-8 px-4 py-3 d-flex flex-column gap-2";
const part = name => bar.querySelector(`[data-part=${name}]`), button = name => bar.querySelector(`[data-do=${name}]`);
const making = new Map(), shownMs = 8000;
let last = null, closing = 0;

document.addEventListener("click", e => {
  const link = e.target.closest?.("a[download][href]");
  if (!link || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin) return;
  e.preventDefault();
  make(link, address.href, (link.getAttribute("aria-label") ?? link.innerText).trim());
});

async function make(link, address, name) {
  last = { link, address, name };
  if (making.has(address)) return;
  const stop = new AbortController();
  making.set(address, stop);
  link.setAttribute("aria-busy", "true");
  say("making", name);
  try {
    const answer = await fetch(address, { signal: stop.signal });
    const wrong = problemOf(answer);
    if (wrong) say(wrong, name);
    else {
      const file = nameOf(answer, address);
      save(await answer.blob(), file);
      say("done", file);
    }
  } catch {
    if (stop.signal.aborted) hide(); else say("lost", name);
  } finally {
    making.delete(address);
    link.removeAttribute("aria-busy");
  }
}

// An ended session leads to the sign-in page.
const problemOf = answer => answer.status === 401 || (answer.redirected && new URL(answer.url).pathname === "/login") ? "ended"
  : answer.ok ? null
  : [403, 404, 410].includes(answer.status) ? "gone"
  : [429, 503].includes(answer.status) ? "busy"
  : "failed";

function nameOf(answer, address) {
  const told = answer.headers.get("content-disposition") ?? "", whole = /filename\*=UTF-8''([^;]+)/i.exec(told)?.[1];
  return whole ? decodeURIComponent(whole) : /filename="?([^";]+)/.exec(told)?.[1] ?? new URL(address).pathname.split("/").at(-1);
}

function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Large files are still being copied when the click returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function say(what, name) {
  const text = bar.dataset[what].replace("{0}", () => name), wrong = what !== "making" && what !== "done";
  bar.className = looks;
  bar.dataset.state = what;
  part("said").textContent = wrong ? "" : text;
  part("wrong").textContent = wrong ? text : "";
  for (const element of [part("progress"), button("stop")]) element.hidden = what !== "making";
  button("retry").hidden = !wrong;
  button("close").hidden = what === "making";
  stepAside();
  clearTimeout(closing);
  if (what === "done") closing = setTimeout(() => { if (!bar.contains(document.activeElement)) hide(); }, shownMs);
}

// At the bottom, but never over what has the focus (WCAG 2.4.11): then it is at the top.
function stepAside() {
  bar.classList.remove("above");
  const focused = document.activeElement;
  if (!bar.dataset.state || focused === document.body || bar.contains(focused)) return;
  const [place, at] = [bar.getBoundingClientRect(), focused.getBoundingClientRect()];
  bar.classList.toggle("above", at.left < place.right && place.left < at.right && at.top < place.bottom && place.top < at.bottom);
}
document.addEventListener("focusin", stepAside);

function hide() {
  bar.className = "visually-hidden";
  delete bar.dataset.state;
  for (const text of bar.querySelectorAll("p")) text.textContent = "";
  for (const element of [part("progress"), ...bar.querySelectorAll("[data-do]")]) element.hidden = true;
}

bar.addEventListener("click", e => {
  const what = e.target.closest("[data-do]")?.dataset.do;
  if (!what || !last) return;
  const { link, address, name } = last;
  // The pressed button goes: the focus goes back to the link.
  if (link.isConnected) link.focus();
  if (what === "stop") making.get(address)?.abort();
  else if (what === "retry") make(link, address, name);
  else hide();
});
