// Moves the focus to the heading of a new page and scrolls to the top, for keyboard and screen reader (PageStart.razor). The focus does not
// move when the user has already begun to type or tab, since it would take the keys being typed.
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
      // After Back and Forward the browser restores the scroll position; a URL with a fragment scrolls to it.
      if (!first && !returned && !location.hash) scrollTo(0, 0);
    },
  };
}
