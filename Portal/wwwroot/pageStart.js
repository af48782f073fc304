// Where a page begins for the keyboard and a screen reader (PageStart.razor): at its heading, which is also the top of the window. Whoever
// has begun to write, or to go about, before the page says that it is there is left in peace: a focus that moves then takes the letters
// that are being typed.
{
  let back = false;
  addEventListener("popstate", () => { back = true; });
  window.portalPage = {
    begin(first) {
      const [at, start, returned] = [document.activeElement, document.querySelector("h1, [data-page-start]"), back];
      back = false;
      const elsewhere = at && at !== document.body && (first || at.matches("main :is(input, select, textarea)"));
      if (!start || elsewhere) return;
      if (!start.hasAttribute("tabindex")) start.setAttribute("tabindex", "-1");
      start.focus({ preventScroll: true });
      // By Back and Forward the browser knows where the window was; an address with a place in it leads there.
      if (!first && !returned && !location.hash) scrollTo(0, 0);
    },
  };
}
