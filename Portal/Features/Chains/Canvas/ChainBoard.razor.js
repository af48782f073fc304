// Keeps what is typed until the server has stored it, so that a lost connection or a reload loses nothing, and shows at once whether it is
// stored. Drafts stay in this window (sessionStorage).
import { inParts } from "../../../longText.js";
import { withoutCpr } from "../../../cprLike.js";

// A lost connection is noticed within the sum of the two.
const pulseMs = 2000, patienceMs = 3000;
// Characters. A longer text is kept in memory only, until the page closes.
const mostKept = 200000;

export const room = () => window.innerWidth;

export function keep(board, page, chain) {
  const stop = new AbortController();
  const on = (target, name, handler, capture = false) => target.addEventListener(name, handler, { signal: stop.signal, capture });
  const prefix = `chain-draft:${chain}:`;
  const tell = (name, ...args) => page.invokeMethodAsync(name, ...args).catch(() => { /* the circuit is gone; the drafts are kept */ });
  // As typed, in memory only. What looks like a CPR number is never written to sessionStorage.
  const typed = new Map();
  let away = !navigator.onLine, moving = 0, beating = false, offering = false;

  function remember(key, text) {
    typed.set(key, text);
    try {
      if (text.length > mostKept) sessionStorage.removeItem(prefix + key);
      else sessionStorage.setItem(prefix + key, withoutCpr(text));
    } catch {
      // The storage is full: remove the older text, which must not be offered later.
      sessionStorage.removeItem(prefix + key);
    }
  }
  function forgetKey(key) {
    typed.delete(key);
    sessionStorage.removeItem(prefix + key);
    show();
  }
  const keyOf = element => element instanceof HTMLElement && board.contains(element) ? element.dataset.draft : undefined;

  // The server renders the save status; what only the browser knows replaces it.
  function show() {
    const chip = board.querySelector("[data-save]"), text = chip?.querySelector(".save-now");
    if (!text) return;
    const writing = typed.has(keyOf(document.activeElement)), unsent = typed.size > 0 || moving > 0;
    const now = away ? (unsent ? "unsent" : "away") : writing ? "writing" : unsent && chip.dataset.kept !== "true" ? "saving" : "";
    if (chip.dataset.now === now) return;
    chip.dataset.now = now;
    // Screen readers announce it only when something is wrong.
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
  // Capture phase on window: runs before Blazor's own listener on document, which would send the whole text in one message.
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
    // A field of the board carries data-draft itself. In the menus it is on the form around the field: those keys are not handled here.
    const field = keyOf(e.target) === undefined ? null : e.target;
    if (e.isComposing) return;
    if (field && (e.key === "Escape" || (e.key === "Enter" && (e.ctrlKey || e.metaKey)))) {
      // Ends editing and keeps the text; undo restores the old one.
      e.preventDefault();
      e.stopPropagation();
      leave(field);
    } else if (!field && (e.ctrlKey || e.metaKey) && ["z", "y", "Z", "Y"].includes(e.key) && !e.target.closest("input, textarea, select")) {
      e.preventDefault();
      tell("OnStep", e.key.toLowerCase() === "z" && !e.shiftKey);
    }
  });
  // Moves the focus from a field to its box or outline row, so that the keyboard continues from there.
  function leave(field) {
    const home = field.closest("[data-element-id]") ?? field.closest("[data-outline-id]")?.querySelector("button");
    field.blur();
    home?.focus({ preventScroll: true });
  }
  // Text pasted outside fields becomes boxes, one per line.
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

  // One at a time, long texts in parts: all at once could exceed the connection's message size, which would close it again and again.
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
      // The circuit is gone; the drafts are kept and offered to the next one.
    } finally {
      offering = false;
    }
  }
  offer();
  // Text sent while the connection was lost never arrived; it is offered on reconnect.
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
    // The workshop is closing: sends the text being typed and ends editing.
    finish() {
      const field = document.activeElement;
      if (keyOf(field) === undefined) return;
      if (field.value !== field.dataset.base) field.dispatchEvent(new Event("change", { bubbles: true }));
      field.blur();
    },
    // Focuses a field by its id and scrolls it into view; waits up to 3 s for it to be rendered.
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
