// Where the library does otherwise than our forms. In date and time fields it takes Enter for itself and reads what is typed only when the
// field is left: here the typed text is sent first, and while no calendar is open Enter stays the browser's, which commits the text and
// submits the form.
const field = ".mud-picker-input-text input";
const calendarKeys = /^(Arrow(Left|Right|Up|Down)|Page(Up|Down)|Home|End)$/;
addEventListener("keydown", e => {
  if (e.isComposing || !e.target.matches?.(field)) return;
  if (e.key === "ArrowDown" && e.altKey) e.preventDefault(); // Else the page scrolls, and the calendar with it.
  const open = document.querySelector(".mud-picker-popover.mud-popover-open");
  // While a calendar is open its keys are not the text's: neither the caret nor the page moves with the marked day.
  if (open?.querySelector(".mud-picker-calendar") && calendarKeys.test(e.key) && !e.ctrlKey && !e.metaKey) e.preventDefault();
  if (e.key === "Enter" && !open) e.stopImmediatePropagation();
  else if (["Enter", "ArrowDown", "ArrowUp"].includes(e.key)) e.target.dispatchEvent(new Event("change", { bubbles: true }));
}, true);

// A calendar as a screen reader meets it (ARIA's date-picker combobox): the focus stays in the field, which names the day that its keys
// have marked, and a day says its whole date, whether it is today, and whether it is the field's. The classes are DateField's.
let told = null;
const fieldOf = popover =>
  document.getElementById(popover.id.replace("popovercontent-", "popover-"))?.closest(".mud-picker")?.querySelector(field);
const changes = new MutationObserver(tell);
function tell() {
  const popover = document.querySelector(".mud-picker-popover.mud-popover-open"), calendar = popover?.querySelector(".mud-picker-calendar");
  const input = calendar && fieldOf(popover);
  if (told !== input) {
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-activedescendant"]) told?.removeAttribute(name);
    changes.disconnect();
    if (input) changes.observe(popover, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
    told = input;
  }
  if (!input) return;
  const words = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "da-DK", { dateStyle: "full", timeZone: "UTC" });
  calendar.id ||= `${popover.id}-days`;
  calendar.role = "listbox";
  calendar.ariaLabel = popover.querySelector(".mud-button-month")?.textContent.trim();
  for (const week of calendar.querySelectorAll(".mud-picker-calendar-week")) week.ariaHidden = "true";
  for (const day of calendar.querySelectorAll(".mud-picker-calendar-day")) {
    const date = /(?:^| )day-(\d{4}-\d\d-\d\d)(?: |$)/.exec(day.className)?.[1];
    // A day of another month is not drawn, but keeps its button.
    day.tabIndex = date ? 0 : -1;
    day.ariaHidden = date ? null : "true";
    day.role = date ? "option" : null;
    if (!date) day.ariaLabel = day.ariaSelected = day.ariaCurrent = null;
    if (!date) continue;
    day.id = `${calendar.id}-${date}`;
    day.ariaLabel = words.format(new Date(date));
    day.ariaSelected = day.classList.contains("day-chosen");
    day.ariaCurrent = day.classList.contains("day-today") ? "date" : null;
  }
  input.role = "combobox";
  input.ariaExpanded = "true";
  input.setAttribute("aria-controls", calendar.id);
  input.setAttribute("aria-activedescendant", calendar.querySelector(".mud-selected")?.id ?? "");
}

// Tab reaches the button that opens the calendar, which the library takes out of the order.
const reach = () => {
  for (const button of document.querySelectorAll(".mud-picker-input-text .mud-input-adornment-icon-button[tabindex='-1']")) button.tabIndex = 0;
  tell();
};

// A form says itself what is missing, at its field and in the page's language: the browser's own check of required fields would keep the
// form from being sent, with a word in another language.
const sendUnchecked = () => {
  for (const field of document.querySelectorAll("form:not([novalidate]) .mud-input-required")) field.closest("form").noValidate = true;
};
const mend = () => { reach(); sendUnchecked(); };
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();
