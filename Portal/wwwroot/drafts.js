// Keeps unsaved form text in this tab's sessionStorage, so that a lost connection, a restarted server or a suspended tab loses nothing; a
// closed tab's drafts are taken over by the person's next tab. A form opts in with data-draft (its name on the page); data-draft-label is
// its name for people, data-draft-open the selector that opens it when it is closed. CPR numbers are masked (cprLike.js). Drafts are stored
// for each person; deleted when the text is saved or discarded, and at sign-out; limited in number, length and time. The server takes no
// part: restored text arrives as if it had been typed. What is chosen in selects, check boxes, radio buttons, lists of suggestions and
// calendars is kept as text is.
import { withoutCpr, mask } from "./cprLike.js";

const mostDrafts = 60, mostLength = 20000, lastsMs = 12 * 3600 * 1000;
const viewer = document.documentElement.dataset.viewer ?? "", mine = `draft:${viewer}:`;
const fields = "input:not([type=hidden], [type=search], [type=password], [type=checkbox], [type=radio], [type=file], [data-no-draft]), "
  + "textarea:not([data-no-draft]), select:not([data-no-draft])";
const picked = "input[data-chosen]", ticks = "input[type=checkbox]:not([data-no-draft]), input[type=radio]:not([data-no-draft])";
const bar = document.getElementById("drafts"), root = document.documentElement;
const part = name => bar.querySelector(`[data-part=${name}]`);
const touched = new WeakSet(), written = new Set(), closed = new Set();
let offered = null, wanted = null, filling = false;

const keyOf = (group, id) => `${mine}${location.pathname}:${group}:${id}`;
// localStorage key prefix of the drafts of closed tabs: { viewer, at, drafts }.
const leftBy = "drafts-left:";
const tab = sessionStorage.getItem("drafts-tab") ?? crypto.getRandomValues(new Uint32Array(2)).join("");

const all = () => Object.keys(sessionStorage).filter(key => key.startsWith("draft:"));
const read = key => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } };
const drop = key => { sessionStorage.removeItem(key); closed.delete(key); };

function prune() {
  const old = Date.now() - lastsMs;
  // On the sign-in page nobody is known yet: the drafts wait for their person, and another person's sign-in removes them.
  for (const key of all()) if ((viewer && !key.startsWith(mine)) || !(read(key)?.at > old)) drop(key);
  const kept = all().sort((a, b) => read(b).at - read(a).at);
  for (const key of kept.slice(mostDrafts)) drop(key);
}

function leave() {
  const drafts = Object.fromEntries(all().filter(key => key.startsWith(mine)).map(key => [key, sessionStorage.getItem(key)]));
  if (Object.keys(drafts).length === 0) return;
  try {
    localStorage.setItem(leftBy + tab, JSON.stringify({ viewer: mine, at: Date.now(), drafts }));
  } catch { /* localStorage is full: only this tab keeps its drafts. */ }
}

function takeOver() {
  sessionStorage.setItem("drafts-tab", tab);
  localStorage.removeItem(leftBy + tab);
  const old = Date.now() - lastsMs;
  for (const key of Object.keys(localStorage).filter(k => k.startsWith(leftBy))) {
    let left = null;
    try { left = JSON.parse(localStorage.getItem(key)); } catch { /* Not JSON: removed below. */ }
    if (left?.at > old && left.viewer !== mine) continue;
    localStorage.removeItem(key);
    if (!(left?.at > old)) continue;
    for (const [draft, text] of Object.entries(left.drafts)) {
      if (sessionStorage.getItem(draft) === null) sessionStorage.setItem(draft, text);
    }
  }
}
addEventListener("pagehide", leave);

function keep(e) {
  const field = e.target, form = field.closest?.("[data-draft]");
  // On the canvas the field itself has data-draft: the canvas keeps its own drafts.
  if (filling || !form || form === field || !field.id) return;
  if (field.matches(ticks)) { if (e.type === "change") tick(field, form); return; }
  if (!field.matches(fields)) return;
  touched.add(field);
  if (root.classList.contains("cut-off")) written.add(field);
  const key = keyOf(form.dataset.draft, field.id), text = withoutCpr(field.value);
  if (text.trim() === "" || text.trim() === mask || text.length > mostLength) { drop(key); return; }
  put(key, form, field, { text, label: form.dataset.draftLabel ?? field.labels?.[0]?.textContent });
  if (text !== field.value) say(bar.dataset.masked);
}
document.addEventListener("input", keep);
document.addEventListener("change", keep);

function put(key, form, field, what) {
  const draft = JSON.stringify({
    group: form.dataset.draft, id: field.id, at: Date.now(), open: form.dataset.draftOpen ?? "", ...what,
    label: withoutCpr(what.label ?? ""),
  });
  try { sessionStorage.setItem(key, draft); }
  catch {
    for (const other of all().sort((a, b) => read(a).at - read(b).at).slice(0, 20)) if (other !== key) drop(other);
    try { sessionStorage.setItem(key, draft); } catch { say(bar.dataset.full); }
  }
}

// The choice of a select is told by the server in a hidden field: what the page gave, and what is chosen now.
function choose(field) {
  const form = field.closest("[data-draft]"), { given, chosen, shown, label } = field.dataset;
  if (!form) return;
  const key = keyOf(form.dataset.draft, field.id);
  touched.add(field);
  if (chosen === given || withoutCpr(chosen) !== chosen) { drop(key); return; }
  put(key, form, field, { text: chosen, from: given, shown: withoutCpr(shown), label });
}

// A check box that is back where it was has no draft; of a group of radio buttons the one that was pressed last has it.
function tick(field, form) {
  const key = keyOf(form.dataset.draft, field.id), text = String(field.checked), label = field.closest("label")?.textContent.trim();
  touched.add(field);
  if (root.classList.contains("cut-off")) written.add(field);
  for (const other of field.closest("[role=radiogroup]")?.querySelectorAll("input[id]") ?? []) drop(keyOf(form.dataset.draft, other.id));
  if (field.type === "checkbox" && read(key)?.from === text) drop(key);
  else put(key, form, field, { text, from: String(!field.checked), shown: field.checked ? "✓" : "–", label });
}

// What is chosen in a calendar or in a list of suggestions gets into its field without an event: it is seen when the list closes.
let listed = null, before = "", chose = false;
document.addEventListener("focusin", e => {
  if (!e.target.matches?.(".mud-picker input[id], input[role=combobox][id]:not([readonly])") || e.target === listed) return;
  [listed, before, chose] = [e.target, e.target.value, false];
});
document.addEventListener("click", e => { if (e.target.closest?.(".mud-popover")) chose = true; }, true);
document.addEventListener("keydown", e => { if (e.key === "Enter" && e.target === listed) chose = true; }, true);
document.addEventListener("submit", () => { chose = false; }, true);
function seeListed() {
  if (!chose || !listed?.isConnected || listed.value === before || document.querySelector(".mud-popover-open")) return;
  [before, chose] = [listed.value, false];
  keep({ target: listed, type: "change" });
}

const valueOf = field => field.matches(picked) ? field.dataset.chosen : field.matches(ticks) ? String(field.checked) : field.value;
const isUntouched = (field, draft) => draft.from === undefined ? field.value.trim() === "" : valueOf(field) === draft.from;
// What people see of a field: the hidden field of a select stands beside it.
const seenOf = field => field.matches(picked) ? field.previousElementSibling?.querySelector("[role=combobox]") ?? field : field;

function fill(field, text) {
  if (field.matches("select") && ![...field.options].some(o => o.value === text)) return;
  filling = true;
  if (field.matches(ticks)) { if (String(field.checked) !== text) field.click(); }
  else {
    field.value = text;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  filling = false;
  touched.add(field);
}

const fieldOf = draft => {
  const field = document.getElementById(draft.id);
  return field?.closest("[data-draft]")?.dataset.draft === draft.group ? field : null;
};

// An empty field gets its draft back automatically; for a field with other text, or in a closed form, the draft is offered.
let looking = false;
function look() {
  looking = false;
  seeListed();
  let next = null;
  const here = `${mine}${location.pathname}:`;
  for (const key of all().filter(k => k.startsWith(here))) {
    const draft = read(key);
    if (!draft) continue;
    const field = fieldOf(draft);
    if (field?.matches(":disabled")) continue;
    if (field && (touched.has(field) || valueOf(field) === draft.text)) continue;
    if (field && (isUntouched(field, draft) || wanted === key)) {
      fill(field, draft.text);
      if (wanted === key) { wanted = null; seenOf(field).focus(); }
      const unkept = [...field.closest("[data-draft]").querySelectorAll("input[data-no-draft]")].some(f => f.value === "");
      say(draft.text.includes(mask) ? bar.dataset.masked : unkept ? bar.dataset.unkept : bar.dataset.fetched);
      continue;
    }
    if (!closed.has(key) && (!next || draft.at > next.draft.at)) next = { key, draft };
  }
  if (next?.key === offered?.key && next?.draft.text === offered?.draft.text) return;
  offered = next;
  show();
}
const lookSoon = () => { if (!looking) { looking = true; setTimeout(look, 50); } };

let saidTimer = 0;
function say(text) {
  part("said").textContent = text;
  clearTimeout(saidTimer);
  saidTimer = setTimeout(() => { part("said").textContent = ""; show(); }, 12000);
  show();
}
function show() {
  const said = part("said").textContent !== "";
  bar.hidden = !offered && !said;
  bar.classList.toggle("offers", !!offered);
  part("label").textContent = offered ? offered.draft.label : "";
  const text = offered ? offered.draft.shown ?? offered.draft.text : "";
  part("text").textContent = offered ? `»${text.length > 160 ? text.slice(0, 160).toWellFormed() + " …" : text}«` : "";
  stepAside();
}

// The bar is at the bottom, but never over the button that was just pressed or the field that has the focus: then it is at the top.
const controls = "button, a[href], input, select, textarea, summary";
let pressed = null;
function stepAside() {
  bar.classList.remove("above");
  if (bar.hidden) return;
  const place = bar.getBoundingClientRect();
  const under = control => {
    if (!control?.isConnected || !control.matches(controls) || bar.contains(control)) return false;
    const at = control.getBoundingClientRect();
    return at.left < place.right && place.left < at.right && at.top < place.bottom && place.top < at.bottom;
  };
  bar.classList.toggle("above", under(pressed) || under(document.activeElement));
}
document.addEventListener("pointerdown", e => { pressed = e.target.closest?.(controls); if (!bar.contains(pressed)) stepAside(); }, true);
document.addEventListener("focusin", stepAside);

bar.addEventListener("click", e => {
  const what = e.target.closest("[data-do]")?.dataset.do;
  if (!what) return;
  if (what === "close" || !offered) {
    if (offered) closed.add(offered.key);
    part("said").textContent = "";
    offered = null;
    show();
    lookSoon();
    return;
  }
  const { key, draft } = offered, field = fieldOf(draft);
  if (what === "drop") drop(key);
  else if (what === "copy") navigator.clipboard?.writeText(draft.shown ?? draft.text).then(() => say(bar.dataset.copied), () => {});
  else if (field) {
    const seen = seenOf(field);
    // In a closed panel the field exists but is hidden.
    if (!seen.checkVisibility() && draft.open) document.querySelector(draft.open)?.click();
    fill(field, draft.text);
    seen.focus();
  }
  else if (draft.open && document.querySelector(draft.open)) { wanted = key; document.querySelector(draft.open).click(); }
  else navigator.clipboard?.writeText(draft.shown ?? draft.text).then(() => say(bar.dataset.copied), () => {});
  lookSoon();
});

// What was said about a saved form's drafts is no longer true.
function forget(group) {
  part("said").textContent = "";
  show();
  for (const key of all().filter(k => k.startsWith(`${mine}${location.pathname}:${group}:`))) drop(key);
  lookSoon();
}
window.portalDrafts = { forget };

// A button with data-discards deletes the form's draft.
document.addEventListener("click", e => {
  const form = e.target.closest?.("[data-discards]") && e.target.closest("[data-draft]");
  if (form) forget(form.dataset.draft);
}, true);
document.addEventListener("submit", e => { if (!e.target.matches("[data-forget-drafts]")) return;
  for (const key of all()) sessionStorage.removeItem(key);
  for (const key of Object.keys(localStorage).filter(k => k.startsWith(leftBy))) localStorage.removeItem(key);
});

// Text typed while the connection was lost is sent to the server when it is back.
document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", e => {
  if (e.detail.state !== "hide") return;
  for (const field of written) {
    if (field.isConnected && field.matches(ticks)) field.dispatchEvent(new Event("change", { bubbles: true }));
    else if (field.isConnected) fill(field, field.value);
  }
  written.clear();
});

if (viewer) takeOver();
prune();
new MutationObserver(seen => {
  for (const { target, attributeName } of seen) if (attributeName === "data-chosen") choose(target);
  lookSoon();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "data-chosen"] });
lookSoon();
