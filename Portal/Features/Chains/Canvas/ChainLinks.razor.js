// Draws links in an SVG of their own while their boxes move (ChainLinks.razor says why), and finds the link under the pointer.

/** The plain curve between two rectangles, as LinkCurve.cs draws it. */
export function path(a, b) {
  const n = v => Math.round(v * 10) / 10;
  const ax = n(a.x + a.w / 2), ay = n(a.y + a.h / 2), bx = n(b.x + b.w / 2), by = n(b.y + b.h / 2);
  const across = (x1, x2) => { const m = n((x1 + x2) / 2); return `M${n(x1)} ${ay}C${m} ${ay} ${m} ${by} ${n(x2)} ${by}`; };
  const down = (y1, y2) => { const m = n((y1 + y2) / 2); return `M${ax} ${n(y1)}C${ax} ${m} ${bx} ${m} ${bx} ${n(y2)}`; };
  const beside = Math.max(b.x - a.x - a.w, a.x - b.x - b.w), above = Math.max(b.y - a.y - a.h, a.y - b.y - b.h);
  if (beside >= 0 && beside >= above) return b.x >= a.x + a.w ? across(a.x + a.w, b.x) : across(a.x, b.x + b.w);
  return by < ay ? down(a.y, b.y + b.h) : down(a.y + a.h, b.y);
}

// Flattens an SVG path of M, L, Q and C to the points of a polyline: x, y, x, y, …
function pieces(d) {
  const out = [], mix = (a, b, t) => a + (b - a) * t;
  let x = 0, y = 0;
  for (const [, what, rest] of d.matchAll(/([MLQC])([^MLQC]*)/g)) {
    const n = rest.match(/-?[\d.]+/g).map(Number), steps = what === "C" ? 24 : what === "Q" ? 4 : 1;
    for (let s = 1; s <= steps; s++) {
      let p = [x, y, ...n];
      for (const t = s / steps; p.length > 2;) p = Array.from({ length: p.length - 2 }, (_, k) => mix(p[k], p[k + 2], t));
      out.push(p[0], p[1]);
    }
    x = n.at(-2); y = n.at(-1);
  }
  return out;
}

/**
 * The link nearest to a point of the canvas, at most reach pixels away; undefined when there is none. Computed here: hundreds of wide
 * invisible lines to hit would have to be laid out and painted with everything else.
 */
export function linkAt(world, px, py, reach) {
  let found, best = reach;
  for (const link of world.querySelectorAll(".links .link")) {
    const d = link.getAttribute("d"), n = d.match(/-?[\d.]+/g).map(Number);
    let l = Infinity, r = -Infinity, t = Infinity, b = -Infinity;
    for (let k = 0; k < n.length; k += 2) {
      l = Math.min(l, n[k]);
      r = Math.max(r, n[k]);
      t = Math.min(t, n[k + 1]);
      b = Math.max(b, n[k + 1]);
    }
    if (px < l - reach || px > r + reach || py < t - reach || py > b + reach) continue;
    const p = pieces(d);
    for (let k = 0; k + 3 < p.length; k += 2) {
      const dx = p[k + 2] - p[k], dy = p[k + 3] - p[k + 1],
        at = Math.max(0, Math.min(1, ((px - p[k]) * dx + (py - p[k + 1]) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(px - p[k] - at * dx, py - p[k + 1] - at * dy);
      if (far < best) { best = far; found = link; }
    }
  }
  return found;
}

/** Lifts boxes and their links for a drag: at() and put() move them, drop() ends it, home() returns them to the server's positions. */
export function lift(world, ids, box, rectOf) {
  const live = world.querySelector(".links.live"), moving = new Map(), wires = [];
  for (const id of ids) {
    const el = box(id);
    if (el) { const r = rectOf(el); moving.set(id, { el, ...r, from: r }); el.classList.add("lifted"); }
  }
  for (const p of world.querySelectorAll(".links .link")) {
    const { from, to } = p.dataset;
    if (!moving.has(from) && !moving.has(to)) continue;
    const a = moving.get(from) ?? rectOf(box(from)), b = moving.get(to) ?? rectOf(box(to)), copy = p.cloneNode(false);
    live.append(copy);
    p.classList.add("away");
    wires.push({ a, b, copy, p });
  }
  // The offset from the server's position, which may change during the drag.
  const stand = m => { const q = rectOf(m.el); m.el.style.transform = `translate(${m.x - q.x}px,${m.y - q.y}px)`; };
  const draw = () => { for (const w of wires) w.copy.setAttribute("d", path(w.a, w.b)); };
  return {
    moving,
    /** Moves all by this distance from where they were lifted. */
    at(dx, dy) {
      for (const m of moving.values()) { m.x = m.from.x + dx; m.y = m.from.y + dy; stand(m); }
      draw();
    },
    /** Moves each to its own position. */
    put(places) {
      for (const p of places) { const m = moving.get(p.id); if (m) { m.x = p.x; m.y = p.y; stand(m); } }
      draw();
    },
    drop() {
      for (const m of moving.values()) {
        m.el.classList.remove("lifted");
        const q = rectOf(m.el);
        if (Math.abs(q.x - m.x) < .6 && Math.abs(q.y - m.y) < .6) m.el.style.transform = "";
      }
      for (const w of wires) { w.copy.remove(); w.p.classList.remove("away"); }
    },
    home() { for (const m of moving.values()) m.el.style.transform = ""; },
  };
}
