// Keeps the row that the user reads in place while new rows are inserted above it. Runs before paint, so nothing jumps.
export function follow(feed, page) {
  const spacer = document.createElement("div");
  spacer.setAttribute("aria-hidden", "true");
  feed.append(spacer);
  const inner = () => getComputedStyle(feed).overflowY !== "visible";
  const scroller = () => inner() ? feed : document.scrollingElement;
  let over = false, byHand = false, reading = false, anchor = null, anchorTop = 0, ours = -1;

  // Rows far below the visible part are not rendered until the user scrolls (pages.css).
  const whole = now => feed.classList.toggle("at-top", !now);
  whole(false);

  const rows = () => feed.querySelectorAll("[data-besked-id]");
  const scrolled = () => inner() ? feed.scrollTop > 4 : feed.getBoundingClientRect().top < 0;
  function remember(row) {
    anchor = row ?? null;
    anchorTop = anchor ? anchor.getBoundingClientRect().top : 0;
  }
  function firstVisible() {
    const top = inner() ? feed.getBoundingClientRect().top + 30 : 60;
    for (const row of rows()) if (row.getBoundingClientRect().bottom > top) return row;
  }
  function tell() {
    const now = over || (byHand && scrolled());
    if (!now) { spacer.style.height = "0"; anchor = null; }
    if (byHand) whole(true);
    if (now === reading) return;
    reading = now;
    page.invokeMethodAsync("OnReading", now).catch(() => { /* the circuit is gone; the page loads again */ });
  }
  function toTop() {
    byHand = false;
    whole(false);
    spacer.style.height = "0";
    if (inner()) feed.scrollTop = 0; else feed.scrollIntoView();
  }

  // Only a moving pointer counts as reading; one that was there when the page opened does not.
  feed.addEventListener("pointermove", e => {
    if (e.pointerType !== "mouse" || !(e.movementX || e.movementY)) return;
    over = true;
    remember(e.target.closest("[data-besked-id]") ?? firstVisible());
    tell();
  });
  feed.addEventListener("pointerleave", () => {
    over = false;
    if (!byHand) toTop(); else remember(firstVisible());
    tell();
  });
  const onScroll = () => {
    if (Math.abs(scroller().scrollTop - ours) < 2) { ours = -1; return; }
    byHand = scrolled();
    if (byHand && !foot?.isConnected) lookForEnd();
    remember(anchor?.isConnected && over ? anchor : firstVisible());
    tell();
  };
  feed.addEventListener("scroll", onScroll);
  document.addEventListener("scroll", onScroll);
  feed.addEventListener("focusin", () => whole(true));
  feed.addEventListener("keydown", e => {
    if (["ArrowUp", "ArrowDown", "Home", "End"].includes(e.key)) e.preventDefault();
  });

  // shell.js has one click listener for all rows; it loads before this module and keeps an earlier click.
  window.portalRows.listen(feed, beskedId => {
    const room = !matchMedia("(max-width: 800px)").matches;
    page.invokeMethodAsync("OnChosen", beskedId, room).catch(() => { /* the circuit is gone; the page loads again */ });
  });

  const observer = new MutationObserver(() => {
    if (!reading || !anchor?.isConnected) return;
    const by = anchor.getBoundingClientRect().top - anchorTop;
    if (Math.abs(by) < 1) return;
    const box = scroller();
    const missing = box.scrollTop + by - (box.scrollHeight - box.clientHeight);
    if (missing > 0) spacer.style.height = `${spacer.offsetHeight + missing}px`;
    box.scrollTop += by;
    ours = box.scrollTop;
  });
  // Observes added and removed rows, not changes in them; watch() runs again when the list is recreated.
  const list = new MutationObserver(watch);
  function watch() {
    if (feed.lastElementChild !== spacer) feed.append(spacer);
    observer.disconnect();
    const body = feed.querySelector("tbody");
    if (body) observer.observe(body, { childList: true });
  }
  list.observe(feed, { childList: true });
  watch();

  // Asks for more rows 900 px before the last one. The foot is recreated with the list, so it is looked up each time.
  let foot = null;
  const end = new IntersectionObserver(seen => {
    if (byHand && seen.some(s => s.isIntersecting)) {
      page.invokeMethodAsync("OnNearEndAsync").then(more => { if (more) lookForEnd(); }, () => { /* the circuit is gone */ });
    }
  }, { root: inner() ? feed : null, rootMargin: "900px" });
  function lookForEnd() {
    if (foot) end.unobserve(foot);
    foot = feed.querySelector(".feed-foot");
    // Observing again reports whether the end is still near, so that fast scrolling does not stop at a short list.
    if (foot) end.observe(foot);
  }

  return {
    toTop() { toTop(); over = false; tell(); },
    reveal(beskedId) {
      whole(true);
      for (const row of rows()) if (row.dataset.beskedId === beskedId) { row.scrollIntoView({ block: "nearest" }); remember(row); }
    },
    stop() { observer.disconnect(); list.disconnect(); end.disconnect(); document.removeEventListener("scroll", onScroll); },
  };
}
