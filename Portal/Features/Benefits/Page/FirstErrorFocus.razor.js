// Moves the focus to the first field of the form that has an error.
export function show(place) {
  place.closest("form")?.querySelector("[aria-invalid=true]:not([type=hidden])")?.focus();
}
