import { typedCounts } from "../../suggestions.js";

// Escape and the cross close the dialog at once while nothing has been typed in it; otherwise they ask first.
export function show(dialog) {
  if (!dialog.isConnected || dialog.open) return;
  const ask = dialog.querySelector("[data-ask]");
  let written = false;
  dialog.openedFrom = document.activeElement;
  typedCounts(dialog);
  dialog.addEventListener("input", () => { written = true; });
  dialog.addEventListener("keydown", e => {
    if (e.key !== "Escape") return;
    e.preventDefault();
    // Closes the list or the calendar of a field, not the dialog.
    if (document.querySelector(".mud-popover-open")) return;
    if (ask.hidden) leave(); else stay();
  });
  dialog.addEventListener("cancel", e => { e.preventDefault(); leave(); });
  dialog.querySelector("[data-close]").addEventListener("click", e => { if (written) { e.stopPropagation(); leave(); } });
  ask.querySelector("[data-leave]").addEventListener("click", () => { forget(); dialog.close(); });
  ask.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.showModal();
  borrowLists(dialog);
  // Focus the first field; without one, the browser's choice has the focus.
  dialog.querySelector("[autofocus], textarea:not(:disabled), select:not(:disabled), "
    + "input:not([type=hidden], [type=checkbox], [type=radio], [type=file], :disabled)")?.focus();

  let from = null;
  function leave() {
    if (!written) { dialog.close(); return; }
    from = dialog.contains(document.activeElement) ? document.activeElement : null;
    ask.hidden = false;
    // Only what asks now is the confirmation: a dialog may have one of its own.
    ask.querySelector("[data-leave]").dataset.testid = "confirm";
    ask.querySelector("[data-stay]").focus();
  }
  function stay() {
    ask.hidden = true;
    delete ask.querySelector("[data-leave]").dataset.testid;
    from?.focus();
  }
  function forget() {
    for (const form of [dialog.closest("[data-draft]"), ...dialog.querySelectorAll("[data-draft]")]) {
      if (form) window.portalDrafts?.forget(form.dataset.draft);
    }
  }
}

// The lists and calendars of MudBlazor's fields are drawn in an element of the layout, which lies behind an open dialog and cannot be
// reached from it. While the dialog is open they are drawn in it, at the same place of the page.
function borrowLists(dialog) {
  const lists = document.querySelector(".mud-popover-provider");
  if (!lists) return;
  const [home, before] = [lists.parentNode, lists.nextSibling];
  const place = () => { lists.style.cssText = `position: fixed; left: ${-scrollX}px; top: ${-scrollY}px; overflow-wrap: normal`; };
  const giveBack = () => {
    if (dialog.open && dialog.isConnected) return;
    watch.disconnect();
    removeEventListener("scroll", place);
    if (lists.parentNode !== dialog) return;
    lists.style.cssText = "";
    const within = home.isConnected ? home : document.body;
    within.insertBefore(lists, before?.parentNode === within ? before : null);
  };
  const watch = new MutationObserver(giveBack);
  watch.observe(document.body, { childList: true, subtree: true });
  dialog.addEventListener("close", giveBack);
  addEventListener("scroll", place);
  place();
  dialog.append(lists);
}
