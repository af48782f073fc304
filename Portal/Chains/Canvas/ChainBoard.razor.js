// Keeps what is typed until it is stored, so that a lost connection or page loses no sentence. It stays in this window alone.
export const room = () => window.innerWidth;

export function keep(board, page, chain) {
  const stop = new AbortController();
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: stop.signal });
  const prefix = `chain-draft:${chain}:`;
  const tell = (name, ...args) => page.invokeMethodAsync(name, ...args).catch(() => { /* the circuit is gone; the drafts are kept */ });
  const forgetKey = key => sessionStorage.removeItem(prefix + key);

  on(board, "input", e => {
    const { draft, base } = e.target.dataset;
    if (draft === undefined) return;
    if (e.target.value === base) forgetKey(draft);
    else sessionStorage.setItem(prefix + draft, e.target.value);
  });
  on(board, "keydown", e => {
    const field = e.target.closest("[data-draft]");
    if (field && e.key === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      field.value = field.dataset.base;
      forgetKey(field.dataset.draft);
      leave(field);
    } else if (field && e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      leave(field);
    } else if (!field && (e.ctrlKey || e.metaKey) && ["z", "y", "Z", "Y"].includes(e.key)) {
      e.preventDefault();
      tell("OnStep", e.key.toLowerCase() === "z" && !e.shiftKey);
    }
  });
  // From a field the focus goes back to its box, or its line of the list, so that the keyboard goes on from there.
  function leave(field) {
    const home = field.closest("[data-element-id]") ?? field.closest("[data-outline-id]")?.querySelector("button");
    field.blur();
    home?.focus({ preventScroll: true });
  }
  on(board, "click", e => {
    if (!e.target.closest("[data-full]")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else board.requestFullscreen().catch(() => { /* the browser does not allow it here */ });
  });

  function offer() {
    const drafts = [];
    for (let n = 0; n < sessionStorage.length; n++) {
      const key = sessionStorage.key(n);
      if (!key.startsWith(prefix)) continue;
      const draft = key.slice(prefix.length), cut = draft.indexOf("|");
      if (document.activeElement?.dataset.draft === draft) continue;
      drafts.push({ id: draft.slice(0, cut), property: draft.slice(cut + 1), text: sessionStorage.getItem(key) });
    }
    if (drafts.length) tell("OnDrafts", drafts);
  }
  offer();
  // What was sent while the connection was away never came; it is offered when the connection is back.
  const bar = document.getElementById("components-reconnect-modal");
  if (bar) on(bar, "components-reconnect-state-changed", e => { if (e.detail.state === "hide") offer(); });

  return {
    forget(id, property) { forgetKey(`${id}|${property}`); },
    stop() { stop.abort(); },
  };
}
