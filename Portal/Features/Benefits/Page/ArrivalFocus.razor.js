// Moves the focus to the place that a link names. Not when the person has already begun to type.
export function show(id) {
  const place = document.getElementById(id);
  if (!place || document.activeElement?.matches("main :is(input, select, textarea)")) return;
  if (!place.matches("a[href], button, input, select, textarea")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
}
