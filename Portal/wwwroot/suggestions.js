/**
 * Enter in a field with suggestions: chooses the one that was reached with the arrow keys; otherwise what is typed counts, and the form is
 * sent. Without this the list's first suggestion would replace what was typed, though it may belong to an earlier text.
 */
export function typedCounts(within) {
  let chooses = false;
  within.addEventListener("input", () => { chooses = false; });
  within.addEventListener("keydown", e => {
    if (!e.target.matches("input[role=combobox]:not([readonly])")) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { chooses = true; return; }
    if (e.key !== "Enter" || e.isComposing) return;
    e.preventDefault();
    if (chooses && e.target.getAttribute("aria-expanded") === "true") { chooses = false; return; }
    e.stopImmediatePropagation();
    // The field takes over its text when it loses the focus.
    e.target.blur();
    e.target.form?.requestSubmit();
  }, true);
}
