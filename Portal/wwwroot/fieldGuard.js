// A text larger than the circuit accepts would close the page's connection. It stays in its field with an error message, and is not sent.
// Fields that send their text in parts (longText.js) have data-parts and are ignored. LongText.MaxWhole is the same number.
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
