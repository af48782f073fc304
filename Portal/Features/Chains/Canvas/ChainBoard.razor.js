// Keeps what is typed until it is stored, so that a lost connection or page loses no sentence; says at once whether it is stored. It stays
// in this window alone.
import { inParts } from "../../../longText.js";
import { withoutCpr } from "../../../cprLike.js";

// A connection that is away is noticed within the sum of the two.
const pulseMs = 2000, patienceMs = 3000;
// More than anyone writes in a field; what is longer is kept for as long as the page lives, not by the browser.
const mostKept = 200000;

export const room = () => window.innerWidth;

export function keep(board, page, chain) {
  const stop = new AbortController();
  const on = (target, name, handler, capture = false) => target.addEventListener(name, handler, { signal: stop.signal, capture });
  const prefix = `chain-draft:${chain}:`;
  const tell = (name, ...args) => page.invokeMethodAsync(name, ...args).catch(() => { /* the circuit is gone; the drafts are kept */ });
  // As it was typed, for as long as the page lives. The browser's storage never has what looks like a CPR number.
  const typed = new Map();
  let away = !navigator.onLine, moving = 0, beating = false, offering = false;

  function remember(key, text) {
    typed.set(key, text);
    try {
      if (text.length > mostKept) sessionStorage.removeItem(prefix + key);
      else sessionStorage.setItem(prefix + key, withoutCpr(text));
    } catch {
      // The storage is full: what is there is older than what was typed.
      sessionStorage.removeItem(prefix + key);
    }
  }
  function forgetKey(key) {
    typed.delete(key);
    sessionStorage.removeItem(prefix + key);
    show();
  }
  const keyOf = element => element instanceof HTMLElement && board.contains(element) ? element.dataset.draft : undefined;

  // What the server knows is in the chip; what only this window knows replaces it.
  function show() {
    const chip = board.querySelector("[data-save]"), text = chip?.querySelector(".save-now");
    if (!text) return;
    const writing = typed.has(keyOf(document.activeElement)), unsent = typed.size > 0 || moving > 0;
    const now = away ? (unsent ? "unsent" : "away") : writing ? "writing" : unsent && chip.dataset.kept !== "true" ? "saving" : "";
    if (chip.dataset.now === now) return;
    chip.dataset.now = now;
    // Read aloud only when something is wrong.
    text.setAttribute("aria-hidden", now === "writing" || now === "saving");
    text.textContent = now ? chip.dataset[now] : "";
  }

  on(board, "input", e => {
    const { draft, base, most, over } = e.target.dataset;
    if (draft === undefined) return;
    if (e.target.value === base) forgetKey(draft);
    else remember(draft, e.target.value);
    const isOver = e.target.value.length > Number(most);
    if (isOver !== (over === "true")) {
      e.target.dataset.over = isOver;
      tell("OnOver", e.target.id, isOver ? e.target.value.length : 0);
    }
    show();
  });
  // Before the framework's own listener, which is the document's on the way down, and would send all of it in one message.
  on(window, "change", e => {
    const field = e.target;
    if (keyOf(field) === undefined) return;
    const [whole, parts] = field.value.length > Number(field.dataset.most) ? [] : inParts(field.value);
    if (whole === undefined) {
      e.stopPropagation();
      tell("OnOver", field.id, field.value.length);
    } else if (parts) {
      e.stopPropagation();
      tell("OnLong", field.id, whole, parts);
    }
  }, true);
  on(board, "focusin", show);
  on(board, "focusout", () => setTimeout(show));
  on(board, "chain-moving", e => { moving = e.detail; show(); });
  on(board, "keydown", e => {
    // A field of the canvas bears the name itself; a form around a field, as in the menus, is another thing.
    const field = keyOf(e.target) === undefined ? null : e.target;
    if (e.isComposing) return;
    if (field && (e.key === "Escape" || (e.key === "Enter" && (e.ctrlKey || e.metaKey)))) {
      // Finished, and kept; »Fortryd« brings back what was there.
      e.preventDefault();
      e.stopPropagation();
      leave(field);
    } else if (!field && (e.ctrlKey || e.metaKey) && ["z", "y", "Z", "Y"].includes(e.key) && !e.target.closest("input, textarea, select")) {
      e.preventDefault();
      tell("OnStep", e.key.toLowerCase() === "z" && !e.shiftKey);
    }
  });
  // From a field the focus goes back to its box, or its line of the list, so that the keyboard continues from there.
  function leave(field) {
    const home = field.closest("[data-element-id]") ?? field.closest("[data-outline-id]")?.querySelector("button");
    field.blur();
    home?.focus({ preventScroll: true });
  }
  // Outside fields a pasted text becomes boxes: one a line.
  on(document, "paste", e => {
    if (e.target.closest?.("textarea, input, select, dialog, [contenteditable]")) return;
    const text = e.clipboardData?.getData("text/plain") ?? "";
    if (!text.trim()) return;
    e.preventDefault();
    tell("OnPaste", ...inParts(text.slice(0, mostKept)));
  });
  on(board, "click", e => {
    if (!e.target.closest("[data-full]")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else board.requestFullscreen().catch(() => { /* the browser does not allow it here */ });
  });

  // One after the other, each in parts where it is long: all together could be more than the connection takes, which would close it again
  // and again.
  async function offer() {
    if (offering) return;
    offering = true;
    try {
      const keys = new Set(typed.keys());
      for (let n = 0; n < sessionStorage.length; n++) {
        const key = sessionStorage.key(n);
        if (key.startsWith(prefix)) keys.add(key.slice(prefix.length));
      }
      for (const key of keys) {
        if (keyOf(document.activeElement) === key) continue;
        const text = typed.get(key) ?? sessionStorage.getItem(prefix + key), cut = key.indexOf("|");
        if (text !== null) {
          await page.invokeMethodAsync("OnDraft", key.slice(0, cut), key.slice(cut + 1), text.length, ...inParts(text.slice(0, mostKept)));
        }
      }
    } catch {
      // The circuit is gone; the drafts are kept, and offered to the next.
    } finally {
      offering = false;
    }
  }
  offer();
  // What was sent while the connection was away never came; it is offered when the connection is back.
  const bar = document.getElementById("components-reconnect-modal");
  if (bar) on(bar, "components-reconnect-state-changed", e => {
    if (e.detail.state === "hide") { set(false); offer(); } else set(true);
  });

  function set(isAway) {
    away = isAway;
    show();
  }
  async function beat() {
    if (document.hidden || beating) return;
    beating = true;
    const here = await Promise.race([page.invokeMethodAsync("OnPulse").then(() => true, () => false),
      new Promise(done => setTimeout(done, patienceMs, false))]);
    beating = false;
    if (!stop.signal.aborted) set(!here);
  }
  const pulse = setInterval(beat, pulseMs);
  on(window, "offline", () => set(true));
  on(window, "online", beat);
  show();

  return {
    forget(id, property) { forgetKey(`${id}|${property}`); },
    offer,
    // The workshop closes: whoever is writing has finished, and what they wrote is sent.
    finish() {
      const field = document.activeElement;
      if (keyOf(field) === undefined) return;
      if (field.value !== field.dataset.base) field.dispatchEvent(new Event("change", { bubbles: true }));
      field.blur();
    },
    // To a field by its id, as soon as it is there, and into view.
    field(id) {
      const go = () => {
        const field = document.getElementById(id);
        if (!field) return false;
        field.focus({ preventScroll: true });
        field.scrollIntoView({ block: "center" });
        return true;
      };
      if (go()) return;
      const coming = new MutationObserver(() => { if (go()) coming.disconnect(); });
      coming.observe(board, { childList: true, subtree: true });
      setTimeout(() => coming.disconnect(), 3000);
    },
    stop() { clearInterval(pulse); stop.abort(); },
  };
}
