// The page around textual-serve's terminal: a socket that comes back by itself, keys that work at
// once, a clipboard on pages without TLS, and a notice whenever the desk is out of reach.
"use strict";

const CLOSED = { 4000: "ended", 4001: "taken", 4002: "full", 4003: "idle", 4004: "failed" };
const SIGNED_OUT = 4401;
const LONGEST_PAUSE = 5000;
const BEAT = 5000;
const MISSED = 4; // so many beats without an answer, and the desk is out of reach

const Real = window.WebSocket;
const clipboard = navigator.clipboard;
const title = document.title;
const page = Math.random().toString(36).slice(2); // tells this page from the person's others
let desk = null; // the one socket of the page

function notice(name) {
  for (const each of document.querySelectorAll(".notice")) each.hidden = each.dataset.when !== name;
  document.title = name ? `\u25cf ${title}` : title;
  if (name) document.querySelector(`.notice[data-when="${name}"] button`)?.focus();
  else focusDesk();
}

function focusDesk() {
  if (!document.querySelector(".notice:not([hidden])")) {
    document.querySelector(".xterm-helper-textarea")?.focus({ preventScroll: true });
  }
}

// What textual.js takes for a WebSocket. It never closes: when the connection is lost, it is made
// anew, and the terminal is drawn from the start.
class DeskSocket extends EventTarget {
  constructor(url) {
    super();
    desk = this;
    const size = new URLSearchParams(url.slice(url.indexOf("?")));
    this.size = { width: size.get("width"), height: size.get("height") };
    this.path = url.slice(0, url.indexOf("?"));
    this.fresh = true;
    this.again = null;
    this.pause = 250;
    this.connect();
  }

  connect(byItself = false) {
    const url = new URL(this.path, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const light = matchMedia("(prefers-color-scheme: light)").matches ? 1 : 0;
    url.search = new URLSearchParams({ ...this.size, light, page, again: byItself ? 1 : 0 });
    this.real = new Real(url);
    this.real.binaryType = "arraybuffer";
    this.real.onopen = () => this.opened();
    this.real.onmessage = (event) => this.heard(event.data);
    this.real.onclose = (event) => this.closed(event.code);
  }

  opened() {
    this.pause = 250;
    this.unanswered = 0;
    this.beat = setInterval(() => this.check(), BEAT);
    if (this.fresh) this.dispatchEvent(new Event("open"));
    else this.draw(new TextEncoder().encode("\x1bc"));
    this.fresh = false;
  }

  // A network that swallows packets says nothing: after a while without an answer it is lost. Beats
  // are counted, not seconds: a page in the background or a computer that sleeps beats more slowly.
  check() {
    if (this.unanswered >= MISSED) this.giveUp();
    else this.send(JSON.stringify(["ping", "0"]));
    this.unanswered += 1;
  }

  // A browser waits a minute for the other side to close too.
  giveUp() {
    this.real.onmessage = this.real.onclose = null;
    this.real.close();
    this.closed();
  }

  heard(data) {
    this.unanswered = 0;
    if (typeof data !== "string") {
      if (document.querySelector(".notice:not([hidden])")) notice(null);
      this.draw(new Uint8Array(data));
      return;
    }
    const [kind, text] = JSON.parse(data);
    if (kind === "theme") document.body.style.background = text;
    if (kind === "said") for (const each of document.querySelectorAll(".said")) each.textContent = text;
  }

  draw(bytes) {
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  closed(code) {
    clearInterval(this.beat);
    if (code === SIGNED_OUT) location.reload();
    else if (CLOSED[code]) notice(CLOSED[code]);
    else this.lost();
  }

  lost() {
    notice("lost");
    this.again = setTimeout(() => this.retry(true), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  // A refused socket does not say why; a page does.
  async retry(byItself) {
    clearTimeout(this.again);
    this.again = null;
    try {
      const reply = await fetch("/session", { cache: "no-store" });
      if ((await reply.json()).name) this.connect(byItself);
      else location.reload();
    } catch {
      this.lost();
    }
  }

  send(text) {
    const [kind, data] = JSON.parse(text);
    if (kind === "resize") this.size = data;
    if (this.real.readyState === Real.OPEN) this.real.send(text);
  }
}

// Keys that belong to the browser even here: reload, full screen, its tools, zoom, paste.
function isTheBrowsers(event) {
  if (["F5", "F11", "F12"].includes(event.key)) return true;
  const chord = event.ctrlKey || event.metaKey;
  return chord && !event.altKey && ["v", "V", "+", "-", "=", "0"].includes(event.key);
}

// Copying works on pages without TLS too, by the older way; reading the clipboard is never offered.
function copyOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.focus();
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focusDesk();
  return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
}

async function copy(text) {
  try {
    await clipboard.writeText(text);
  } catch {
    await copyOldWay(text).catch(() => notice("uncopied"));
  }
}

async function begin() {
  await Promise.allSettled(["16px", "bold 16px", "italic 16px"].map((font) => document.fonts.load(`${font} "Roboto Mono"`)));
  const script = document.createElement("script");
  script.src = "/assets/textual.js";
  script.onload = () => {
    const open = window.onload; // the page's own load event may be over, or be still to come
    window.onload = null;
    open();
    focusDesk();
  };
  document.head.append(script);
}

window.WebSocket = DeskSocket;
Object.defineProperty(navigator, "clipboard", { value: { writeText: copy, readText: async () => "" } });
window.addEventListener("keydown", (event) => isTheBrowsers(event) && event.stopPropagation(), true);
window.addEventListener("focus", focusDesk);
window.addEventListener("online", () => desk?.again && desk.retry(true));
document.addEventListener("pointerup", () => setTimeout(focusDesk));
for (const each of document.querySelectorAll("[data-do=open]")) {
  each.addEventListener("click", () => desk?.retry(false));
}
for (const each of document.querySelectorAll("[data-do=back]")) {
  each.addEventListener("click", () => notice(null));
}
begin();
