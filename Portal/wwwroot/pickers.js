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

// Tab reaches the button that opens the calendar, which the library takes out of the order.
const reach = () => {
  for (const button of document.querySelectorAll(".mud-picker-input-text .mud-input-adornment-icon-button[tabindex='-1']")) button.tabIndex = 0;
};

// A form says itself what is missing, at its field and in the page's language: the browser's own check of required fields would keep the
// form from being sent, with a word in another language.
const sendUnchecked = () => {
  for (const field of document.querySelectorAll("form:not([novalidate]) .mud-input-required")) field.closest("form").noValidate = true;
};
const mend = () => { reach(); sendUnchecked(); };
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();
