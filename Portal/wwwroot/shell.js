// The layout's script, which works with and without a connection: menus, keyboard focus, and whether the page is live.
const root = document.documentElement;

// Menus close on Escape, wherever the focus is, and on a press outside them. A panel of ToolMenu stays open on a press in a dialog, an
// offered draft or the reconnect bar; it is closed through its own button, so that the text typed in it is kept.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
const openPanels = () => document.querySelectorAll(".tool-menu > .tool-panel:not([hidden])");
const crossOf = panel => panel.querySelector(":scope > .tool-close:not(:disabled)");
document.addEventListener("pointerdown", e => {
  for (const menu of openMenus()) if (!menu.contains(e.target)) menu.open = false;
  if (e.target.closest("dialog, #drafts, #components-reconnect-modal")) return;
  for (const panel of openPanels()) if (!panel.parentElement.contains(e.target)) crossOf(panel)?.click();
});
document.addEventListener("keydown", e => {
  if (e.key !== "Escape" || e.defaultPrevented || e.isComposing) return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (!document.querySelector("dialog[open]")) for (const panel of openPanels()) {
    crossOf(panel)?.click();
    panel.parentElement.querySelector(":scope > button").focus();
  }
  const drawer = document.querySelector(".menu-button[aria-expanded=true]");
  if (drawer) {
    drawer.click();
    drawer.focus();
  }
});

// A panel that is closed is hidden before the server has answered: until then Tab would lead into what is about to go, and be thrown back.
document.addEventListener("click", e => {
  const menu = e.target.closest?.(".tool-close, .tool-menu > button[aria-expanded=true]")?.closest(".tool-menu");
  const panel = menu?.querySelector(":scope > .tool-panel");
  if (!panel) return;
  if (panel.contains(document.activeElement)) menu.querySelector(":scope > button").focus({ preventScroll: true });
  panel.hidden = true;
});

// The arrow keys, Home and End move between the items of a menu; from its heading they open it.
document.addEventListener("keydown", e => {
  const menu = e.target.closest?.("details[data-menu]");
  if (!menu || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || !["ArrowDown", "ArrowUp", "Home", "End"].includes(e.key)) return;
  e.preventDefault();
  menu.open = true;
  const [heading, ...items] = [...menu.querySelectorAll(operable)].filter(el => el.tabIndex >= 0 && usable(el));
  const at = items.indexOf(document.activeElement);
  const to = e.key === "Home" || (e.key === "ArrowDown" && at < 0) ? 0 : e.key === "End" ? -1 : at + (e.key === "ArrowDown" ? 1 : -1);
  (items.at(to % items.length) ?? heading).focus();
});

// Tells the server that somebody uses the page: an open one alone does not keep the session alive.
const useMs = 20000;
let usedAt = performance.now();
for (const sign of ["pointerdown", "keydown", "wheel", "click"]) document.addEventListener(sign, () => {
  if (performance.now() - usedAt < useMs || root.classList.contains("session-ended")) return;
  usedAt = performance.now();
  fetch("/login/i-brug", { method: "POST" }).catch(() => { /* No connection: the bar at the bottom says so. */ });
}, { capture: true, passive: true });

// A link in a menu leads to a page that keeps the layout: the menu closes.
document.addEventListener("click", e => {
  const menu = e.target.closest?.("details[data-menu] :is(a, [data-close-menu])")?.closest("details");
  if (menu) menu.open = false;
});

// Theme: an attribute of the root element, and a cookie for a year, for this site only, so that the server renders the next page in it.
const preferred = () => matchMedia("(prefers-contrast: more)").matches ? "contrast"
  : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const chosen = () => /(?:^|; )theme=(light|dark|contrast)/.exec(document.cookie)?.[1] ?? "system";
document.addEventListener("click", e => {
  const theme = e.target.closest?.("[data-theme-choice]")?.dataset.themeChoice;
  if (!theme) return;
  root.dataset.theme = theme === "system" ? preferred() : theme;
  document.cookie = `theme=${theme}; path=/; samesite=lax; max-age=${theme === "system" ? 0 : 31536000}`;
  showTheme();
});
function showTheme() {
  for (const choice of document.querySelectorAll(".theme-choice [data-theme-choice]")) {
    choice.setAttribute("aria-pressed", choice.dataset.themeChoice === chosen());
  }
}
document.addEventListener("toggle", e => { if (e.target.matches?.(".user")) showTheme(); }, true);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (chosen() === "system") root.dataset.theme = preferred(); });

// Shortcuts press the buttons that carry their name, unless one is typing.
const typing = el => el?.isContentEditable || el?.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
document.addEventListener("keydown", e => {
  if (e.isComposing || e.altKey) return;
  const name = (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k" ? "palette"
    : e.key === "?" && !e.ctrlKey && !e.metaKey && !typing(e.target) ? "shortcuts" : null;
  const button = name && document.querySelector(`[data-hotkey=${name}]:not(:disabled)`);
  if (!button) return;
  e.preventDefault();
  button.click();
});

// A select of MudBlazor is an input that cannot be written in: Enter opens its list or chooses from it, and must not send the form too.
document.addEventListener("keydown", e => {
  if (e.key === "Enter" && e.target.matches?.("input[readonly][role=combobox]")) e.preventDefault();
}, true);

// Forms that return to the page (data-here) get the current URL.
document.addEventListener("submit", e => {
  for (const here of e.target.querySelectorAll("input[data-here]")) here.value = location.pathname + location.search;
});

// A link that is replaced between press and release, as all are when the page becomes live, gets no click: its like at that place does.
let pressed = null;
document.addEventListener("pointerdown", e => { pressed = e.button === 0 ? e.target.closest?.("a[href]") : null; }, true);
document.addEventListener("pointerup", e => {
  if (!pressed || pressed.isConnected || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  const like = document.elementFromPoint(e.clientX, e.clientY)?.closest("a[href]");
  if (like?.href === pressed.href) like.click();
}, true);

// Clicks on rows of the live stream. Rows exist before the page can handle clicks (prerendered, or while its script loads): the last click
// is kept until the page listens; a link in a row works at once. A click with a modifier key is left to the browser.
let listener = null, clickedRow = null, clickedOn = null;
document.addEventListener("click", e => {
  const row = e.target.closest?.("[data-testid=live-feed] [data-besked-id]");
  if (!row || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  if (!listener?.feed.isConnected && e.target.closest("a")) return;
  e.preventDefault();
  if (listener?.feed.contains(row)) listener.choose(row.dataset.beskedId);
  else [clickedRow, clickedOn] = [row.dataset.beskedId, location.pathname];
}, true);
window.portalRows = {
  listen(feed, choose) {
    listener = { feed, choose };
    if (clickedRow && clickedOn === location.pathname) choose(clickedRow);
    clickedRow = null;
  },
};

// Copy buttons; when the browser refuses the clipboard, the text is selected for copying by hand.
document.addEventListener("click", async e => {
  const button = e.target.closest?.("button[data-copy]"), said = button?.nextElementSibling;
  if (!button) return;
  const { copy, copied, marked } = button.dataset;
  try {
    await navigator.clipboard.writeText(copy);
    said.textContent = copied;
  } catch {
    const shown = [...button.parentElement.parentElement.querySelectorAll("a, code")].find(el => el.textContent === copy);
    if (shown) getSelection().selectAllChildren(shown);
    said.textContent = marked;
  }
});

// Keyboard focus. When the focused element is removed, moved or disabled, the browser resets the focus to the top of the page; this moves
// it to the nearest equivalent element.
const operable = "a[href], button, input, select, textarea, summary, [tabindex]";
let held = null;
const usable = el => el.isConnected && !el.matches(":disabled") && el.checkVisibility({ visibilityProperty: true });
const isLost = () => !document.activeElement || document.activeElement === document.body;
// What is hidden has the focus until the next frame.
const isHiding = changes => changes.some(c => c.attributeName === "hidden")
  && !document.activeElement?.checkVisibility({ visibilityProperty: true });

document.addEventListener("focusin", e => { held = e.target; });
document.addEventListener("focusout", e => {
  const el = e.target;
  // The user released the focus by a press on an empty part of the page. Switching windows does not count.
  if (!e.relatedTarget) setTimeout(() => { if (held === el && document.hasFocus() && isLost() && usable(el)) held = null; });
});

new MutationObserver(changes => {
  if (!held || held.closest(".board") || !(isLost() || isHiding(changes))) return;
  if (held.isConnected) {
    if (usable(held)) held.focus({ preventScroll: true });
    else if (!held.checkVisibility()) put(nearest(shown(held), null));
    return;
  }
  put(sameAgain() ?? announced(changes) ?? held.closest("dialog")?.openedFrom ?? beside(changes) ?? document.querySelector("main h1"));
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"] });

function shown(el) {
  while (el && !el.checkVisibility()) el = el.parentElement;
  return el;
}

function put(el) {
  if (!el?.isConnected) el = document.querySelector("main h1");
  if (!el) return;
  if (!el.matches(operable)) el.tabIndex = -1;
  el.focus();
}

// The page was rendered again: the same field, or the page's heading.
function sameAgain() {
  if (held.matches("h1, [data-page-start]")) return document.querySelector("main :is(h1, [data-page-start])");
  const el = held.id && document.getElementById(held.id);
  return el && usable(el) ? el : null;
}

// A new element that takes the focus: a confirmation or a question (data-takes-focus).
function announced(changes) {
  for (const change of changes) for (const node of change.addedNodes) {
    if (node.nodeType !== Node.ELEMENT_NODE || !node.isConnected) continue;
    const el = node.matches("[data-takes-focus]") ? node : node.querySelector("[data-takes-focus]");
    if (el) return el;
  }
  return null;
}

// The same control in the next row, else in the previous row, else the first control of the list.
function beside(changes) {
  for (const change of changes) {
    if (![...change.removedNodes].some(n => n.contains(held))) continue;
    for (const [from, step] of [[change.nextSibling, "nextElementSibling"], [change.previousSibling, "previousElementSibling"]]) {
      let el = from?.nodeType === Node.ELEMENT_NODE ? from : from?.[step];
      for (; el; el = el[step]) {
        const found = el.isConnected && nearest(el, held.dataset.testid);
        if (found) return found;
      }
    }
    return change.target.isConnected ? nearest(change.target, null) : null;
  }
  return null;
}

function nearest(within, testId) {
  if (!within) return null;
  const all = [within, ...within.querySelectorAll(operable)].filter(el => el.matches(operable) && usable(el));
  return (testId && all.find(el => el.dataset.testid === testId)) ?? all[0] ?? null;
}

// A form that is refused: the focus goes to its first field that is wrong, which describes its error (WCAG 3.3.1).
const refusalMs = 5000;
document.addEventListener("submit", e => {
  const form = e.target, refusal = new MutationObserver(() => {
    const wrong = form.querySelector("[aria-invalid=true]");
    if (!wrong || !(isLost() || form.contains(document.activeElement))) return;
    refusal.disconnect();
    wrong.focus();
  });
  refusal.observe(form, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-invalid"] });
  setTimeout(() => refusal.disconnect(), refusalMs);
});

// Classes of the root: "cut-off" while the connection is lost, "no-news" when data-beat has not changed for 10 seconds.
const silentMs = 10000;
const bar = document.getElementById("components-reconnect-modal");
bar?.addEventListener("components-reconnect-state-changed", e => root.classList.toggle("cut-off", e.detail.state !== "hide"));
let beat, beatAt = performance.now();
setInterval(() => {
  const now = document.querySelector("[data-beat]")?.dataset.beat;
  if (now !== beat) [beat, beatAt] = [now, performance.now()];
  root.classList.toggle("no-news", now !== undefined && performance.now() - beatAt > silentMs);
}, 1000);
