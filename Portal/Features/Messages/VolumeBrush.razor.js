// Draws a period over the strip with mouse, pen or finger, and tells the page its first and last bucket. The keyboard has the sliders.
export function brush(strip, page, buckets) {
  const part = strip.querySelector("[data-brush]");
  let start = null;
  const at = e => {
    const box = strip.getBoundingClientRect();
    return Math.min(1, Math.max(0, (e.clientX - box.left) / box.width));
  };
  strip.addEventListener("pointerdown", e => {
    if (e.button !== 0) return;
    start = at(e);
    strip.setPointerCapture(e.pointerId);
  });
  strip.addEventListener("pointermove", e => {
    if (start === null) return;
    const now = at(e);
    part.style.left = `${100 * Math.min(start, now)}%`;
    part.style.width = `${100 * Math.abs(now - start)}%`;
    part.style.opacity = ".18";
  });
  strip.addEventListener("pointerup", e => {
    if (start === null) return;
    const [first, last] = [Math.min(start, at(e)), Math.max(start, at(e))];
    start = null;
    page.invokeMethodAsync("OnDrawn", Math.floor(first * buckets), Math.ceil(last * buckets))
      .catch(() => { /* the circuit is gone; the page loads again */ });
  });
  strip.addEventListener("pointercancel", () => { start = null; });
}
