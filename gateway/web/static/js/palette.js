// Ctrl+K: everything by a few letters; arrows choose, Enter opens, and the hands stay on the keyboard.
const dialog = document.getElementById("palette");
const field = dialog.querySelector("input");
const place = document.getElementById("palette-found");
const PAUSE = 120;
let waiting;
let asking;
let looking;

const hits = () => [...place.querySelectorAll(".hit")];
const chosen = () => place.querySelector("[aria-selected=true]");

function choose(hit) {
  for (const one of hits()) one.setAttribute("aria-selected", String(one === hit));
  if (hit) field.setAttribute("aria-activedescendant", hit.id);
  else field.removeAttribute("aria-activedescendant");
  hit?.scrollIntoView({ block: "nearest" });
}

function take(html) {
  place.innerHTML = html;
  for (const [index, hit] of hits().entries()) {
    hit.id = `hit-${index}`;
    hit.setAttribute("role", "option");
    hit.tabIndex = -1;
  }
  choose(hits()[0]);
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const query = new URLSearchParams({ q: field.value });
  if (document.getElementById("ticket")) query.set("ticket", "1");
  dialog.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/palette?${query}`, { headers: { "HX-Request": "true" }, signal: asking.signal });
    if (answer.status === 401) return location.assign("/login");
    if (answer.ok) take(await answer.text());
  } catch (problem) {
    if (problem.name === "AbortError") return;
  }
  dialog.removeAttribute("aria-busy");
}

function look() {
  clearTimeout(waiting);
  waiting = undefined;
  looking = ask();
}

function step(by) {
  const all = hits();
  if (all.length) choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
}

// What was typed last is looked up before it is acted upon.
async function act(elsewhere) {
  if (waiting) look();
  await looking;
  const hit = chosen();
  if (!hit) return;
  if (elsewhere && !hit.dataset.press) return open(hit.href, "_blank", "noopener");
  hit.click();
}

function press(hit) {
  dialog.close();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: hit.dataset.press, bubbles: true, cancelable: true }));
}

function show() {
  if (dialog.open) return field.select();
  field.value = "";
  place.replaceChildren();
  dialog.showModal();
  look();
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
field.addEventListener("keydown", (event) => {
  const acts = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => act(event.ctrlKey || event.metaKey) };
  if (!acts[event.key] || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
});
place.addEventListener("click", (event) => {
  const hit = event.target.closest(".hit");
  if (!hit?.dataset.press) return;
  event.preventDefault();
  press(hit);
});
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
document.addEventListener(
  "keydown",
  (event) => {
    if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    show();
  },
  true,
);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-palette]");
  if (!link || event.button || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  show();
});
