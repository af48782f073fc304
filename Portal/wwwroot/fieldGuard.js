// A text larger than the circuit takes would close the connection of the whole page. It stays in its field, which says so, and is not sent.
// Fields that send their text in parts (longText.js) carry data-parts and are left alone. LongText.MaxWhole is the same number.
(() => {
  const most = 20000, says = document.currentScript.dataset.tooLong, marked = new WeakSet();
  const look = e => {
    const field = e.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.type === "file"
      || field.closest("[data-parts]")) {
      return;
    }
    if (field.value.length <= most) {
      if (marked.delete(field)) { field.setCustomValidity(""); field.removeAttribute("aria-invalid"); }
      return;
    }
    e.stopImmediatePropagation();
    marked.add(field);
    field.setCustomValidity(says.replace("{0}", field.value.length.toLocaleString("da")).replace("{1}", most.toLocaleString("da")));
    field.setAttribute("aria-invalid", "true");
    field.reportValidity();
  };
  for (const name of ["input", "change"]) window.addEventListener(name, look, true);
})();
