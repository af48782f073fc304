// Drag, pan, zoom and marquee, which cannot wait for the server. Each box has its rectangle in data-r, so that nothing is measured in the
// DOM while it moves.
import { lift, linkAt } from "./ChainLinks.razor.js";
import { inParts } from "../../../longText.js";

// The server ends a drag that sends nothing for four seconds (ChainAudience.cs), so a resting pointer repeats its position.
const ghostEveryMs = 60, ghostAgainMs = 1000;
// The others see at most this many of the dragged boxes; all of them are moved.
const mostGhosts = 200;
const margin = 12;

export function open(surface, page, chosen) {
  const world = surface.querySelector(".world");
  const marquee = surface.querySelector(".marquee");
  const mini = surface.querySelector(".mini");
  const zoomText = surface.querySelector(".zoom-text");
  const mayEdit = () => surface.dataset.edit === "true";
  const stop = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { signal: stop.signal, ...options });
  const tell = (name, ...args) => page.invokeMethodAsync(name, ...args).catch(() => false /* the circuit is gone; the page shows it */);
  const box = id => world.querySelector(`[data-element-id="${CSS.escape(id)}"]`);
  const boxes = () => world.querySelectorAll("[data-element-id]");
  const rectOf = el => { const [x, y, w, h] = el.dataset.r.split(" ").map(Number); return { x, y, w, h }; };

  let view = { x: 0, y: 0, z: 1 }, fitted = true, selected = new Set(chosen), gesture = null, lastFocus = null, awaited = null;
  const pointers = new Map(), ghosting = new Map(), dropped = new Set();

  // View
  function place() {
    world.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.z})`;
    zoomText.textContent = `${Math.round(view.z * 100)} %`;
    surface.classList.toggle("whole", fitted);
    drawMini();
  }
  const toWorld = (x, y) => {
    const r = surface.getBoundingClientRect();
    return { x: (x - r.left - view.x) / view.z, y: (y - r.top - view.y) / view.z };
  };
  function zoom(by, x, y) {
    const z = Math.min(3, Math.max(.1, view.z * by)), k = z / view.z;
    view = { x: x - (x - view.x) * k, y: y - (y - view.y) * k, z };
    fitted = false;
    place();
  }
  function bounds() {
    let x = Infinity, y = Infinity, r = -Infinity, b = -Infinity;
    const take = (l, t, w, h) => { x = Math.min(x, l); y = Math.min(y, t); r = Math.max(r, l + w); b = Math.max(b, t + h); };
    for (const el of boxes()) { const q = rectOf(el); take(q.x, q.y, q.w, q.h); }
    for (const el of world.querySelectorAll(".zone")) {
      const { left, top, width, height } = el.style;
      take(parseFloat(left), parseFloat(top), parseFloat(width), parseFloat(height));
    }
    return { x, y, w: r - x, h: b - y };
  }
  function fit() {
    const b = bounds(), w = surface.clientWidth, h = surface.clientHeight;
    if (!w || !h) return;
    const z = Math.min(1.6, (w - 2 * margin) / b.w, (h - 2 * margin) / b.h);
    view = { x: (w - b.w * z) / 2 - b.x * z, y: Math.max(margin, (h - b.h * z) / 2) - b.y * z, z };
    if ((h - b.h * z) / 2 > margin) view.y = margin - b.y * z;
    fitted = true;
    place();
  }
  function intoView(el) {
    const q = rectOf(el), w = surface.clientWidth, h = surface.clientHeight;
    const l = q.x * view.z + view.x, t = q.y * view.z + view.y;
    const dx = l < margin ? margin - l : Math.min(0, w - margin - (l + q.w * view.z));
    const dy = t < margin ? margin - t : Math.min(0, h - margin - (t + q.h * view.z));
    if (dx || dy) { view.x += dx; view.y += dy; place(); }
  }

  // The link under a pointer that is on no box and no tool, within at least six pixels on the screen.
  const pointed = e => {
    const under = document.elementFromPoint(e.clientX, e.clientY);
    if (!surface.contains(under) || under.closest("[data-element-id], button, .mini, .zoom-keys")) return;
    const p = toWorld(e.clientX, e.clientY);
    return linkAt(world, p.x, p.y, Math.max(7, 6 / view.z));
  };

  // Choosing
  function choose(ids) { selected = new Set(ids); return tell("OnChosen", ...inParts(JSON.stringify([...selected]))); }

  // Pointers: mouse, pen and touch alike. One moves or pans, two pinch.
  on(surface, "pointerdown", e => {
    if (e.target.closest("button, textarea, input, .mini, .zoom-keys") || (e.pointerType === "mouse" && e.button > 1)) return;
    pointers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    if (pointers.size === 2) { cancel(); gesture = { kind: "pinch" }; return; }
    if (pointers.size > 2) return;
    const el = e.button === 1 ? null : e.target.closest("[data-element-id]");
    surface.setPointerCapture(e.pointerId);
    if (document.activeElement && surface.contains(document.activeElement) && document.activeElement.matches("textarea")) {
      document.activeElement.blur();
    }
    if (el) {
      e.preventDefault();
      el.focus({ preventScroll: true });
      gesture = { kind: "box", id: el.dataset.elementId, x: e.clientX, y: e.clientY, add: e.shiftKey || e.ctrlKey || e.metaKey };
    } else if (e.shiftKey) {
      const r = surface.getBoundingClientRect();
      gesture = { kind: "marquee", x: e.clientX - r.left, y: e.clientY - r.top, left: r.left, top: r.top };
    } else gesture = { kind: "pan", x: e.clientX, y: e.clientY, vx: view.x, vy: view.y };
  });
  on(surface, "pointermove", e => {
    const was = pointers.get(e.pointerId);
    if (!was || !gesture) { hover(e); return; }
    if (gesture.kind === "pinch") {
      const [a, b] = [...pointers.values()], before = Math.hypot(a.x - b.x, a.y - b.y), mx = (a.x + b.x) / 2, my = (a.y + b.y) / 2;
      was.x = e.clientX; was.y = e.clientY;
      const after = Math.hypot(a.x - b.x, a.y - b.y), r = surface.getBoundingClientRect();
      view.x += (a.x + b.x) / 2 - mx; view.y += (a.y + b.y) / 2 - my;
      zoom(before ? after / before : 1, (a.x + b.x) / 2 - r.left, (a.y + b.y) / 2 - r.top);
      return;
    }
    was.x = e.clientX; was.y = e.clientY;
    const dx = e.clientX - gesture.x, dy = e.clientY - gesture.y;
    if (gesture.kind === "pan") {
      if (!gesture.moved && Math.hypot(dx, dy) < 3) return;
      gesture.moved = true; fitted = false;
      view.x = gesture.vx + dx; view.y = gesture.vy + dy;
      place();
    } else if (gesture.kind === "marquee") {
      const x = e.clientX - gesture.left, y = e.clientY - gesture.top;
      Object.assign(marquee.style, { left: `${Math.min(x, gesture.x)}px`, top: `${Math.min(y, gesture.y)}px`,
        width: `${Math.abs(x - gesture.x)}px`, height: `${Math.abs(y - gesture.y)}px` });
      marquee.hidden = false;
      gesture.ex = x; gesture.ey = y;
    } else {
      if (!gesture.lifted) {
        if (Math.hypot(dx, dy) < 4 || !mayEdit() || surface.classList.contains("is-linking")) return;
        gesture.ids = selected.has(gesture.id) ? [...selected] : [gesture.id];
        gesture.lifted = lift(world, gesture.ids, box, rectOf);
        gesture.told = 0;
        const g = gesture;
        g.again = setInterval(() => {
          if (gesture === g && !stop.signal.aborted) showGhosts(g);
          else clearInterval(g.again);
        }, ghostAgainMs);
      }
      gesture.lifted.at(dx / view.z, dy / view.z);
      const now = performance.now();
      if (now - gesture.told > ghostEveryMs && !gesture.telling) {
        gesture.told = now;
        showGhosts(gesture);
      }
    }
  });
  function showGhosts(g) {
    if (g.telling) return;
    g.telling = true;
    tell("OnDragging", placesOf(g.lifted).slice(0, mostGhosts)).then(() => { g.telling = false; });
  }
  // Looks for a link under the pointer only when the pointer rests, not while it moves.
  let resting = 0;
  function hover(e) {
    if (e.pointerType !== "mouse") return;
    clearTimeout(resting);
    surface.classList.remove("on-link");
    resting = setTimeout(() => { if (!stop.signal.aborted && !gesture && pointed(e)) surface.classList.add("on-link"); }, 40);
  }
  const placesOf = lifted => [...lifted.moving].map(([id, m]) => ({ id, x: Math.round(m.x * 10) / 10, y: Math.round(m.y * 10) / 10 }));
  on(surface, "pointerup", e => {
    if (!pointers.delete(e.pointerId) || !gesture) return;
    const g = gesture;
    if (g.kind === "pinch") { if (pointers.size < 2) gesture = null; return; }
    gesture = null;
    if (g.kind === "pan") { if (!g.moved && selected.size) choose([]); }
    else if (g.kind === "marquee") {
      marquee.hidden = true;
      if (g.ex === undefined) return;
      const x1 = (Math.min(g.x, g.ex) - view.x) / view.z, y1 = (Math.min(g.y, g.ey) - view.y) / view.z,
        x2 = (Math.max(g.x, g.ex) - view.x) / view.z, y2 = (Math.max(g.y, g.ey) - view.y) / view.z;
      choose([...boxes()].filter(el => {
        const q = rectOf(el);
        return q.x < x2 && q.x + q.w > x1 && q.y < y2 && q.y + q.h > y1;
      }).map(el => el.dataset.elementId));
    } else if (g.lifted) {
      const drop = { lifted: g.lifted, places: placesOf(g.lifted) };
      clearInterval(g.again);
      dropped.add(drop);
      saving();
      store(drop);
    } else if (g.add) { const ids = new Set(selected); if (!ids.delete(g.id)) ids.add(g.id); choose(ids); }
    else choose([g.id]);
  });
  // Reports moves that are not stored yet to the save status (ChainBoard.razor.js).
  const saving = () => surface.dispatchEvent(new CustomEvent("chain-moving", { bubbles: true, detail: dropped.size }));
  function store(drop) {
    page.invokeMethodAsync("OnMoved", ...inParts(JSON.stringify(drop.places))).then(kept => {
      if (!dropped.delete(drop)) return;
      saving();
      drop.lifted.drop();
      if (!kept) drop.lifted.home();
    }, () => { /* the connection is lost: the drop is stored when it is back */ });
  }
  const bar = document.getElementById("components-reconnect-modal");
  if (bar) on(bar, "components-reconnect-state-changed", e => { if (e.detail.state === "hide") for (const drop of dropped) store(drop); });
  on(surface, "pointercancel", e => { pointers.delete(e.pointerId); cancel(); });
  function cancel() {
    if (gesture?.lifted) { clearInterval(gesture.again); gesture.lifted.drop(); gesture.lifted.home(); tell("OnDragging", []); }
    marquee.hidden = true;
    gesture = null;
  }
  on(surface, "dblclick", e => {
    if (!mayEdit() || e.target.closest("button, textarea, .mini, .zoom-keys")) return;
    const el = document.elementsFromPoint(e.clientX, e.clientY).find(n => n.matches?.("[data-element-id], [data-zone]"));
    if (el?.dataset.elementId) tell("OnEdit", el.dataset.elementId);
    else if (el?.dataset.zone) {
      const p = toWorld(e.clientX, e.clientY);
      tell("OnAddAt", el.dataset.zone, Math.round(p.x), Math.round(p.y));
    }
  });
  on(surface, "wheel", e => {
    if (e.target.closest("textarea")) return;
    e.preventDefault();
    const r = surface.getBoundingClientRect();
    if (e.shiftKey) { view.x -= e.deltaY || e.deltaX; fitted = false; place(); }
    else zoom(Math.exp(-Math.max(-120, Math.min(120, e.deltaY)) * .002), e.clientX - r.left, e.clientY - r.top);
  }, { passive: false });
  on(surface, "click", e => {
    if (e.detail === 1 && gesture === null) {
      const link = pointed(e);
      if (link) tell("OnLink", link.dataset.from, link.dataset.to);
    }
    const how = e.target.closest("[data-zoom]")?.dataset.zoom, w = surface.clientWidth / 2, h = surface.clientHeight / 2;
    if (how === "fit") fit();
    else if (how) zoom(how === "in" ? 1.25 : how === "out" ? .8 : 1 / view.z, w, h);
  });

  // Keys on a box; fields handle their own keys.
  on(surface, "keydown", e => {
    if (e.target.closest("textarea, input, select, button")) return;
    if (e.key === "Escape" && gesture?.lifted) { cancel(); return; }
    const el = e.target.closest("[data-element-id]");
    if (!el || e.ctrlKey || e.metaKey || e.altKey) return;
    const key = e.key === "L" ? "l" : e.key === "Backspace" ? "Delete" : e.key;
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", " ", "l", "Delete", "Escape"].includes(key)) return;
    e.preventDefault();
    tell("OnKey", el.dataset.elementId, key, e.shiftKey);
  });
  on(world, "focusin", e => {
    const el = e.target.closest("[data-element-id]");
    lastFocus = el?.dataset.elementId ?? null;
    if (el && !gesture && e.target === el) { surface.scrollTop = surface.scrollLeft = 0; intoView(el); }
  });
  // The reader moved the focus away: do not take it back. Removing a focused box from the document raises no focusout.
  on(world, "focusout", () => { lastFocus = null; });
  on(surface, "scroll", () => { surface.scrollTop = surface.scrollLeft = 0; });

  // Mini-map
  let miniDue = false;
  function measureMini() { mini.b = bounds(); mini.k = Math.min(mini.width / mini.b.w, mini.height / mini.b.h); }
  function drawMini() {
    if (miniDue) return;
    miniDue = true;
    setTimeout(() => {
      miniDue = false;
      if (stop.signal.aborted || fitted || !mini.offsetParent) return;
      measureMini();
      const { b, k } = mini, c = mini.getContext("2d"), style = getComputedStyle(surface);
      c.clearRect(0, 0, mini.width, mini.height);
      c.fillStyle = style.getPropertyValue("--edge");
      for (const el of boxes()) {
        const q = rectOf(el);
        c.fillRect((q.x - b.x) * k, (q.y - b.y) * k, Math.max(1.5, q.w * k), Math.max(1.5, q.h * k));
      }
      c.strokeStyle = style.getPropertyValue("--pri");
      c.lineWidth = 2;
      c.strokeRect((-view.x / view.z - b.x) * k, (-view.y / view.z - b.y) * k, surface.clientWidth / view.z * k,
        surface.clientHeight / view.z * k);
    }, 80);
  }
  function jump(e) {
    if (!(e.buttons & 1)) return;
    // Pressed after becoming visible and before being drawn.
    if (!mini.k) measureMini();
    const r = mini.getBoundingClientRect(), x = (e.clientX - r.left) / mini.k + mini.b.x, y = (e.clientY - r.top) / mini.k + mini.b.y;
    view.x = surface.clientWidth / 2 - x * view.z; view.y = surface.clientHeight / 2 - y * view.z; fitted = false;
    place();
  }
  on(mini, "pointerdown", jump);
  on(mini, "pointermove", jump);

  // Others
  function homeGhost(key) {
    const g = ghosting.get(key);
    if (!g) return;
    g.drop(); g.home();
    for (const m of g.moving.values()) { m.el.classList.remove("ghost"); delete m.el.dataset.ghost; }
    ghosting.delete(key);
  }

  const resize = new ResizeObserver(() => { if (fitted) fit(); else drawMini(); });
  resize.observe(surface);
  function show(id, write) {
    const el = box(id), field = el?.querySelector("textarea");
    // Under load the call can arrive before its box or field is rendered.
    awaited = !el || (write && !field) ? { id, write } : null;
    if (awaited) return;
    selected = selected.has(id) ? selected : new Set([id]);
    if (field) {
      intoView(el);
      field.focus({ preventScroll: true });
      field.setSelectionRange(field.value.length, field.value.length);
    } else el.focus({ preventScroll: true });
  }
  // A box whose place in the reading order changes is moved in the DOM, which drops the focus from it or its field: restore it.
  const changes = new MutationObserver(() => {
    drawMini();
    if (awaited) show(awaited.id, awaited.write);
    else if (lastFocus && document.activeElement === document.body) {
      const el = box(lastFocus);
      (el?.querySelector("textarea") ?? el)?.focus({ preventScroll: true });
    }
  });
  changes.observe(world, { childList: true, subtree: true });
  fit();
  world.classList.add("ready");

  return {
    show,
    // Scrolls a box into view without moving the focus.
    look(id) { const el = box(id); if (el) intoView(el); },
    choose(ids) { selected = new Set(ids); },
    ghosts(key, name, list) {
      if (!list.length) { homeGhost(key); return; }
      let g = ghosting.get(key);
      if (!g) {
        g = lift(world, list.map(p => p.id).filter(id => !gesture?.ids?.includes(id)), box, rectOf);
        for (const m of g.moving.values()) { m.el.classList.add("ghost"); m.el.dataset.ghost = name; }
        ghosting.set(key, g);
      }
      g.put(list);
    },
    view: () => ({ x: (surface.clientWidth / 2 - view.x) / view.z, y: (surface.clientHeight / 2 - view.y) / view.z, zoom: view.z }),
    field(id) { document.getElementById(id)?.focus(); },
    gather(x, y, z) { view = { x: surface.clientWidth / 2 - x * z, y: surface.clientHeight / 2 - y * z, z }; fitted = false; place(); },
    close() { stop.abort(); resize.disconnect(); changes.disconnect(); },
  };
}
