// Keeps the row that someone reads where it is while new rows come in above it. Runs before paint, so nothing is seen to jump.
export function follow(feed, page) {
  const spacer = document.createElement("div");
  spacer.setAttribute("aria-hidden", "true");
  feed.append(spacer);
  const inner = () => getComputedStyle(feed).overflowY !== "visible";
  const scroller = () => inner() ? feed : document.scrollingElement;
  let over = false, byHand = false, reading = false, anchor = null, anchorTop = 0, ours = -1;

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
    if (now === reading) return;
    reading = now;
    page.invokeMethodAsync("OnReading", now).catch(() => { /* the circuit is gone; the page loads anew */ });
  }
  function toTop() {
    byHand = false;
    spacer.style.height = "0";
    if (inner()) feed.scrollTop = 0; else feed.scrollIntoView();
  }

  // A pointer that only lies there (the page came up beneath it) reads nothing; one that moves does.
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
    remember(anchor?.isConnected && over ? anchor : firstVisible());
    tell();
  };
  feed.addEventListener("scroll", onScroll);
  document.addEventListener("scroll", onScroll);
  feed.addEventListener("keydown", e => {
    if (["ArrowUp", "ArrowDown", "Home", "End"].includes(e.key)) e.preventDefault();
  });

  const observer = new MutationObserver(() => {
    if (feed.lastElementChild !== spacer) feed.append(spacer);
    if (!reading || !anchor?.isConnected) return;
    const by = anchor.getBoundingClientRect().top - anchorTop;
    if (Math.abs(by) < 1) return;
    const box = scroller();
    const missing = box.scrollTop + by - (box.scrollHeight - box.clientHeight);
    if (missing > 0) spacer.style.height = `${spacer.offsetHeight + missing}px`;
    box.scrollTop += by;
    ours = box.scrollTop;
  });
  observer.observe(feed, { childList: true, subtree: true });

  return {
    toTop() { toTop(); over = false; tell(); },
    reveal(beskedId) {
      for (const row of rows()) if (row.dataset.beskedId === beskedId) { row.scrollIntoView({ block: "nearest" }); remember(row); }
    },
    isNarrow() { return matchMedia("(max-width: 800px)").matches; },
    stop() { observer.disconnect(); document.removeEventListener("scroll", onScroll); },
  };
}
