import { typedCounts } from "../../../suggestions.js";

// The focus of a form that a button opened: into its first field, and back to the button when the form is gone. Escape and the cancel
// button close it at once while nothing has been typed; otherwise they ask first.
const fields = "input:not([type=hidden], :disabled), div[role=combobox], textarea:not(:disabled)";
const texts = "input:not([type=hidden], [type=radio], [type=checkbox]), textarea";

// The fields of each open form that were typed in since it was opened or saved.
const typed = new WeakMap();

/** What is typed in the form is saved, and it stays open for more. */
export function settle(form) { typed.get(form)?.clear(); }

export function open(form) {
  if (!form.isConnected) return;
  const part = name => form.querySelector(`[data-${name}]`);
  const [ask, cancel, opener, around] = [part("ask"), part("cancel"), openerOf(form), rowsOf(form)];
  const before = new Map([...form.querySelectorAll(texts)].map(field => [field, field.value]));
  const touched = new Set();
  typed.set(form, touched);
  let from = null, sure = false, inside = true;
  typedCounts(form);

  const written = () => [...touched].some(field => field.isConnected && field.value !== (before.get(field) ?? ""));
  const stay = () => {
    ask.hidden = true;
    delete part("leave").dataset.testid;
    (from ?? first(form))?.focus();
  };

  form.addEventListener("focusin", e => { if (e.target.matches(texts) && !touched.has(e.target)) before.set(e.target, e.target.value); });
  form.addEventListener("input", e => { if (e.target.matches(texts)) touched.add(e.target); });
  form.addEventListener("keydown", e => {
    if (e.key !== "Escape") return;
    e.preventDefault();
    // Closes the list or the calendar of a field, not the form.
    if (document.querySelector(".mud-popover-open")) return;
    e.stopPropagation();
    if (ask.hidden) cancel.click(); else stay();
  });
  cancel.addEventListener("click", e => {
    if (sure || !written()) return;
    e.stopPropagation();
    from = form.contains(document.activeElement) ? document.activeElement : null;
    ask.hidden = false;
    // Only what asks now is the confirmation.
    part("leave").dataset.testid = "confirm";
    part("stay").focus();
  });
  part("stay").addEventListener("click", stay);
  part("leave").addEventListener("click", () => {
    sure = true;
    window.portalDrafts?.forget(form.dataset.draft);
    cancel.click();
  });

  // The form is closed by being removed, whether it was saved or not. What takes the focus after that (shell.js) was not the person.
  const follow = e => { if (form.isConnected) inside = form.contains(e.target); };
  document.addEventListener("focusin", follow);
  const watch = new MutationObserver(() => {
    if (form.isConnected) return;
    watch.disconnect();
    document.removeEventListener("focusin", follow);
    if (inside) giveBack(opener, around);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  if (!form.contains(document.activeElement)) first(form)?.focus();
}

const first = form => [...form.querySelectorAll(fields)].find(field => field.type !== "radio" || field.checked);

// The button that was pressed. Opened by a link or a draft, it is the last expanded button before the form.
function openerOf(form) {
  const pressed = document.activeElement;
  if (pressed?.matches("button[aria-expanded]") && !form.contains(pressed)) return pressed;
  for (const row of rowsOf(form)) {
    const before = [...row.querySelectorAll("button[aria-expanded=true]")]
      .filter(button => button.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (before.length > 0) return before.at(-1);
  }
  return null;
}

function rowsOf(form) {
  const rows = [];
  for (let row = form.parentElement; row && row.tagName !== "MAIN"; row = row.parentElement) rows.push(row);
  return rows;
}

// Where the button is gone too, the row or section that is left takes the focus, so that Tab goes on from there.
function giveBack(opener, around) {
  const place = opener?.isConnected && !opener.disabled
    ? opener
    : around.find(row => row.isConnected && row.matches("article, li, section"));
  if (!place) return;
  if (place !== opener) place.tabIndex = -1;
  place.focus({ preventScroll: place !== opener });
}
