// What the studio needs of the browser: looks, menus, dialogs, shortcuts, the connection line. No dependencies.
const root = document.documentElement;
const year = 60 * 60 * 24 * 365;
let listener = null;

export function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = value === null
    ? `${name}=; path=/; max-age=0; samesite=lax${secure}`
    : `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax${secure}`;
}

export function setLook(kind, value) {
  const standard = { theme: "system", density: "comfortable", side: "wide" }[kind];
  const set = value === standard ? null : value;
  if (set === null) root.removeAttribute(`data-${kind}`); else root.setAttribute(`data-${kind}`, set);
  remember(`adstudio-${kind}`, set);
  if (kind !== "theme") return;
  for (const sheet of document.querySelectorAll("link[data-for]"))
    sheet.media = set === null ? `(prefers-color-scheme: ${sheet.dataset.for})` : sheet.dataset.for === set ? "all" : "not all";
  window.dispatchEvent(new Event("adstudio:theme"));
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => window.dispatchEvent(new Event("adstudio:theme")));

export function openDialog(dialog) { if (dialog && !dialog.open) dialog.showModal(); }
export function closeDialog(dialog) { if (dialog?.open) dialog.close(); }
export function focus(target) { (typeof target === "string" ? document.querySelector(target) : target)?.focus(); }
export function scrollIntoView(id) { document.getElementById(id)?.scrollIntoView({ block: "nearest" }); }
export function setIndeterminate(box, some) { if (box) box.indeterminate = some; }
export async function copy(text) {
  if (navigator.clipboard && isSecureContext) { await navigator.clipboard.writeText(text); return true; }
  const area = Object.assign(document.createElement("textarea"), { value: text });
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// The shortcuts component listens; what a key means is decided there.
export function listen(dotnet) { listener = dotnet; }
export function unlisten() { listener = null; }
const say = what => listener?.invokeMethodAsync("Pressed", what);

function act(what, from) {
  if (what === "side") setLook("side", root.dataset.side === "collapsed" ? "wide" : "collapsed");
  else if (what === "drawer") setDrawer(root.dataset.drawer !== "open");
  else if (what === "palette" || what === "help") { from?.closest("[popover]")?.hidePopover(); say(what); }
}

function setDrawer(open) {
  if (open) root.dataset.drawer = "open"; else delete root.dataset.drawer;
  if (open) document.querySelector(".side a, .side button")?.focus();
}

document.addEventListener("click", e => {
  const doer = e.target.closest("[data-do]");
  if (doer) return act(doer.dataset.do, doer);
  if (e.target.closest("[data-skip]")) {
    e.preventDefault();
    e.stopPropagation();
    return document.getElementById("main")?.focus();
  }
  if (e.target.closest(".side a")) setDrawer(false);
  e.target.closest("[popover].menu .menu-item:not([data-stay])")?.closest("[popover]").hidePopover();
  if (e.target instanceof HTMLDialogElement && e.target.matches("dialog[data-light]")) e.target.close();
}, true);

// Menus are native popovers; here they are put beside the button that opened them.
document.addEventListener("toggle", e => {
  const menu = e.target;
  if (!(menu instanceof HTMLElement) || !menu.matches("[popover].menu")) return;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  opener?.setAttribute("aria-expanded", String(e.newState === "open"));
  if (e.newState !== "open" || !opener) return;
  const at = opener.getBoundingClientRect();
  const left = at.left + menu.offsetWidth > innerWidth - 8 ? Math.max(8, at.right - menu.offsetWidth) : Math.max(8, at.left);
  const below = at.bottom + 4 + menu.offsetHeight <= innerHeight - 8 || at.top < menu.offsetHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? Math.min(at.bottom + 4, Math.max(8, innerHeight - menu.offsetHeight - 8)) : at.top - menu.offsetHeight - 4}px`;
  menu.querySelector("[role=menuitemradio][aria-checked=true], .menu-item, input, button, a")?.focus({ preventScroll: true });
}, true);
addEventListener("scroll", e => { if (!(e.target instanceof HTMLElement && e.target.closest("[popover]"))) document.querySelectorAll("[popover].menu:popover-open").forEach(m => m.hidePopover()); }, { capture: true, passive: true });

const typing = el => el?.isContentEditable || el?.matches?.("input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select");

document.addEventListener("keydown", e => {
  if (e.defaultPrevented || e.isComposing) return;
  if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "k") {
    e.preventDefault();
    if (!document.querySelector("dialog[open]:not(.palette)")) say("palette");
    return;
  }
  const menu = e.target.closest?.("[popover].menu");
  if (menu && ["ArrowDown", "ArrowUp", "Home", "End"].includes(e.key) && !typing(e.target)) {
    const items = [...menu.querySelectorAll("button:not(:disabled), a[href], input")];
    const now = items.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[e.key];
    items.at(next % items.length)?.focus();
    e.preventDefault();
    return;
  }
  if (e.key === "Escape" && root.dataset.drawer === "open") return setDrawer(false);
  if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || menu || document.querySelector("dialog[open]")) return;
  if (e.key === "/") {
    e.preventDefault();
    const search = document.querySelector("main [data-search]");
    if (search) search.focus(); else say("palette");
  } else if (e.key === "c") { e.preventDefault(); say("new"); }
  else if (e.key === "?") { e.preventDefault(); say("help"); }
});

// Arrow keys belong to the list of a palette, not to the caret.
document.addEventListener("keydown", e => {
  if (e.target.matches?.("[data-list-input]") && ["ArrowDown", "ArrowUp", "Enter"].includes(e.key)) e.preventDefault();
}, true);

// Lost connection: go on trying for as long as the page is open; when the server has forgotten the circuit, load the page anew.
const line = document.getElementById("components-reconnect-modal");
if (line) {
  let waiting = 0;
  const again = async () => {
    waiting = 0;
    if (!line.classList.contains("components-reconnect-failed")) return;
    try { if (await Blazor.reconnect() === false) location.reload(); else return; } catch { /* still away */ }
    waiting = setTimeout(again, 3000);
  };
  new MutationObserver(() => {
    if (line.classList.contains("components-reconnect-rejected")) setTimeout(() => location.reload(), 600);
    else if (line.classList.contains("components-reconnect-failed") && !waiting) waiting = setTimeout(again, 3000);
  }).observe(line, { attributes: true, attributeFilter: ["class"] });
  addEventListener("online", () => { if (waiting) { clearTimeout(waiting); again(); } });
}
