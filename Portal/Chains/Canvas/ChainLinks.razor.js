// Links while their boxes move: drawn in a picture of their own (ChainLinks.razor says why).

/** The plain curve between two rectangles, as LinkCurve.cs draws it. */
export function path(a, b) {
  const ax = a.x + a.w / 2, ay = a.y + a.h / 2, bx = b.x + b.w / 2, by = b.y + b.h / 2;
  const across = (x1, x2) => { const m = (x1 + x2) / 2; return `M${x1} ${ay}C${m} ${ay} ${m} ${by} ${x2} ${by}`; };
  const down = (y1, y2) => { const m = (y1 + y2) / 2; return `M${ax} ${y1}C${ax} ${m} ${bx} ${m} ${bx} ${y2}`; };
  const beside = Math.max(b.x - a.x - a.w, a.x - b.x - b.w), above = Math.max(b.y - a.y - a.h, a.y - b.y - b.h);
  if (beside >= 0 && beside >= above) return b.x >= a.x + a.w ? across(a.x + a.w, b.x) : across(a.x, b.x + b.w);
  return by < ay ? down(a.y, b.y + b.h) : down(a.y + a.h, b.y);
}

/** Takes boxes up with their links: put() sets one at a place, drop() lets go, home() puts them where the server says they are. */
export function lift(world, ids, box, rectOf) {
  const live = world.querySelector(".links.live"), moving = new Map(), wires = [];
  for (const id of ids) { const el = box(id); if (el) { const r = rectOf(el); moving.set(id, { el, ...r, from: r }); el.classList.add("lifted"); } }
  for (const p of world.querySelectorAll(".links .link")) {
    const { from, to } = p.dataset;
    if (!moving.has(from) && !moving.has(to)) continue;
    const a = moving.get(from) ?? rectOf(box(from)), b = moving.get(to) ?? rectOf(box(to)), copy = p.cloneNode(false);
    live.append(copy);
    p.classList.add("away");
    wires.push({ a, b, copy, p });
  }
  const stand = m => { m.el.style.transform = `translate(${m.x}px,${m.y}px)`; };
  const draw = () => { for (const w of wires) w.copy.setAttribute("d", path(w.a, w.b)); };
  return {
    moving,
    /** All of them this far from where they were taken up. */
    at(dx, dy) {
      for (const m of moving.values()) { m.x = m.from.x + dx; m.y = m.from.y + dy; stand(m); }
      draw();
    },
    /** Each at its own place. */
    put(places) {
      for (const p of places) { const m = moving.get(p.id); if (m) { m.x = p.x; m.y = p.y; stand(m); } }
      draw();
    },
    drop() {
      for (const m of moving.values()) m.el.classList.remove("lifted");
      for (const w of wires) { w.copy.remove(); w.p.classList.remove("away"); }
    },
    home() { for (const m of moving.values()) if (m.el.isConnected) { const q = rectOf(m.el); m.el.style.transform = `translate(${q.x}px,${q.y}px)`; } },
  };
}
