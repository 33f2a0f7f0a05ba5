"use strict";
(() => {
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  const one = (what, inside = document) => inside.querySelector(what);
  const pages = all("main section");
  const views = new Map();
  const search = one("#search"), count = one("#count"), aside = one("aside");
  let page = pages[0], hits = [], at = -1;

  document.body.classList.add("live");
  aside.hidden = true;

  // ------------------------------------------------------------ moving and zooming

  function view(section) {
    if (!views.has(section)) {
      const svg = one("svg", section), size = svg.viewBox.baseVal;
      views.set(section, { svg, inner: one(".view", svg), width: size.width, height: size.height, x: 0, y: 0, k: 1 });
      svg.removeAttribute("viewBox");
      start(section);
    }
    return views.get(section);
  }

  function draw(v) {
    v.inner.setAttribute("transform", `translate(${v.x} ${v.y}) scale(${v.k})`);
  }

  function zoom(v, factor, x, y) {
    const k = Math.min(3, Math.max(0.03, v.k * factor));
    v.x = x - (x - v.x) * k / v.k;
    v.y = y - (y - v.y) * k / v.k;
    v.k = k;
    draw(v);
  }

  function room(v) { return v.svg.getBoundingClientRect(); }

  function fit(v) {
    const r = room(v);
    v.k = Math.min(1, r.width / v.width, r.height / v.height);
    v.x = (r.width - v.width * v.k) / 2;
    v.y = 0;
    draw(v);
  }

  function start(section) {
    const v = views.get(section), first = one(".step", section);
    fit(v);
    if (v.k < 0.75) { v.k = 0.75; center(v, first, 0.12); }
  }

  function center(v, step, high = 0.4) {
    const box = one(".box", step), r = room(v);
    const x = box.x.baseVal.value + box.width.baseVal.value / 2, y = box.y.baseVal.value;
    v.k = Math.max(v.k, 0.6);
    v.x = r.width / 2 - (x + 24) * v.k;
    v.y = r.height * high - (y + 24) * v.k;
    draw(v);
  }

  function byButton(factor) {
    const v = view(page), r = room(v);
    zoom(v, factor, r.width / 2, r.height / 2);
  }

  one("#in").onclick = () => byButton(1.25);
  one("#out").onclick = () => byButton(0.8);
  one("#fit").onclick = () => fit(view(page));

  for (const section of pages) {
    const svg = one("svg", section);
    let from = null;
    svg.addEventListener("wheel", event => {
      event.preventDefault();
      const r = svg.getBoundingClientRect();
      zoom(view(section), Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - r.left, event.clientY - r.top);
    }, { passive: false });
    svg.addEventListener("pointerdown", event => { if (event.button === 0) from = { x: event.clientX, y: event.clientY, far: false }; });
    svg.addEventListener("pointermove", event => {
      if (!from) return;
      const v = view(section), dx = event.clientX - from.x, dy = event.clientY - from.y;
      if (!from.far && Math.hypot(dx, dy) < 4) return;
      if (!from.far) { svg.setPointerCapture(event.pointerId); svg.classList.add("moving"); }
      from = { x: event.clientX, y: event.clientY, far: true };
      v.x += dx; v.y += dy;
      draw(v);
    });
    const stop = () => { svg.classList.remove("moving"); setTimeout(() => { from = null; }); };
    svg.addEventListener("pointerup", stop);
    svg.addEventListener("pointercancel", stop);
    svg.addEventListener("click", event => {
      if (from && from.far) { event.preventDefault(); return; }
      const link = event.target.closest("a"), step = event.target.closest(".step");
      if (link) { event.preventDefault(); go(link.getAttribute("href").slice(1)); }
      else if (step) choose(step);
    });
  }

  // ------------------------------------------------------------ pages, steps, details

  function open(section) {
    page = section;
    for (const each of pages) each.hidden = each !== section;
    for (const link of all("nav a")) {
      if (link.getAttribute("href") === "#" + section.id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    view(section);
  }

  function go(id) {
    const target = document.getElementById(id);
    if (!target) return;
    const section = target.closest("main section");
    if (!section) return;
    if (section !== page) open(section);
    if (target.classList.contains("step")) { choose(target); center(view(section), target); target.focus(); }
  }

  function choose(step) {
    for (const each of all(".chosen, .near")) each.classList.remove("chosen", "near");
    for (const each of all("article", aside)) each.hidden = each.id !== "d-" + step.id;
    step.classList.add("chosen");
    const [section, place] = step.id.split("-");
    for (const line of all(".line", page)) {
      const [, source, target] = line.id.split("-");
      if (line.id.startsWith(section + "-") && (source === place || target === place)) line.classList.add("near");
    }
    aside.hidden = false;
  }

  function close() {
    aside.hidden = true;
    for (const each of all(".chosen, .near")) each.classList.remove("chosen", "near");
  }

  aside.addEventListener("click", event => {
    const link = event.target.closest("a");
    if (link) { event.preventDefault(); go(link.getAttribute("href").slice(1)); }
    else if (event.target.closest(".close")) close();
  });
  one("nav").addEventListener("click", event => {
    const link = event.target.closest("a");
    if (link) { event.preventDefault(); go(link.getAttribute("href").slice(1)); }
  });

  // ------------------------------------------------------------ search

  // A step named so comes first, then those that say it, then those that lead to such a one.
  function rank(article, words) {
    if (one("h2", article).textContent.toLowerCase() === words.join(" ")) return 0;
    const own = all("h2, p:not(.kind)", article).map(each => each.textContent).join(" ").toLowerCase();
    return words.every(word => own.includes(word)) ? 1 : 2;
  }

  function find() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const each of all(".hit")) each.classList.remove("hit");
    hits = !words.length ? [] : all("article", aside).filter(each => {
      const text = each.textContent.toLowerCase();
      return words.every(word => text.includes(word));
    }).sort((one, other) => rank(one, words) - rank(other, words)).map(each => document.getElementById(each.id.slice(2)));
    for (const each of hits) each.classList.add("hit");
    document.body.classList.toggle("searching", words.length > 0);
    count.textContent = words.length ? `${hits.length} found` : "";
    at = -1;
  }

  function next(by) {
    if (!hits.length) return;
    at = (at + by + hits.length) % hits.length;
    const step = hits[at];
    const section = step.closest("main section");
    if (section !== page) open(section);
    choose(step);
    center(view(section), step);
    count.textContent = `${at + 1} of ${hits.length}`;
  }

  search.addEventListener("input", find);
  search.addEventListener("keydown", event => {
    if (event.key === "Enter") { event.preventDefault(); next(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { search.value = ""; find(); search.blur(); }
  });

  // ------------------------------------------------------------ keyboard

  document.addEventListener("keydown", event => {
    if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
    const v = view(page), step = event.target.closest ? event.target.closest(".step") : null;
    const moves = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
    if (event.key === "/") search.focus();
    else if (event.key === "+" || event.key === "=") byButton(1.25);
    else if (event.key === "-") byButton(0.8);
    else if (event.key === "0") fit(v);
    else if (event.key === "Escape") close();
    else if (event.target.closest && event.target.closest("aside")) return;
    else if (moves[event.key]) { v.x += moves[event.key][0]; v.y += moves[event.key][1]; draw(v); }
    else if (step && (event.key === "Enter" || event.key === " ")) choose(step);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", event => {
    const step = event.target.closest(".step");
    if (!step || !step.matches(":focus-visible")) return;
    const v = view(page), r = room(v), b = step.getBoundingClientRect();
    if (b.left < r.left || b.right > r.right || b.top < r.top || b.bottom > r.bottom) center(v, step);
  });

  open(page);
  if (location.hash.length > 1) go(location.hash.slice(1));
  window.addEventListener("hashchange", () => go(location.hash.slice(1)));
})();
