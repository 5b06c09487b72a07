// The keyboard: what is done often has a key; never while typing.
import { closeTicket, openRow } from "./panes.js";
import { body } from "./rows.js";
import { openTemplates } from "./templates.js";
import { clearSelection, goToBulk, select, selectAll, takeForMe, toggle } from "./selection.js";

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const rows = () => [...(body()?.children ?? [])];

function at() {
  const focused = document.activeElement?.closest?.("#rows tr");
  return rows().indexOf(focused ?? body()?.querySelector("[aria-current]"));
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = at();
  const row = all[here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1)];
  row.querySelector("td a").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const here = () => rows()[at()];

// Shift with j and k: the row one stands on and the next are selected.
function reach(step) {
  select(here());
  move(step);
  select(here());
}

// In an open ticket its own field, else the field for all that is selected.
function choose(name, bulk) {
  if (goToBulk(bulk)) return;
  const field = document.getElementById(`property-${name}`);
  if (!field) return false;
  field.focus();
  field.select?.();
  field.showPicker?.();
}

function write(kind) {
  const composer = document.getElementById("composer");
  if (!composer) return;
  const choice = composer.querySelector(`[name=kind][value=${kind}]`);
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  composer.elements.text.focus();
}

// The category that the open ticket probably has.
function acceptGuess() {
  const guess = document.querySelector("#ticket [data-key=y]");
  if (!guess) return false;
  guess.click();
}

// The next step of the open ticket: the first of its buttons.
function step() {
  const button = document.querySelector("#ticket .steps button");
  if (!button) return false;
  button.focus();
}

const help = () => document.getElementById("help").showModal();
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  Enter: (event) => {
    const row = event.target.closest("#rows tr");
    if (row) openRow(row);
    return Boolean(row);
  },
  J: () => reach(1),
  K: () => reach(-1),
  x: () => toggle(here()),
  A: selectAll,
  m: () => takeForMe(here()),
  a: () => choose("assignee", "give"),
  p: () => choose("priority", "priority"),
  c: () => choose("category", "category"),
  s: () => (goToBulk("status") !== false ? true : step()),
  y: acceptGuess,
  u: closeTicket,
  Escape: () => clearSelection() || closeTicket(),
  "/": () => document.querySelector("[data-filters] [name=q]")?.select(),
  n: () => document.querySelector("[data-key=n]")?.click(),
  r: () => write("answer"),
  i: () => write("note"),
  t: openTemplates,
  "?": help,
};
// The same keys on a Russian layout.
const RUSSIAN = { о: "j", л: "k", О: "J", Л: "K", ч: "x", Ф: "A", ь: "m", ф: "a", з: "p", с: "c", н: "y", ы: "s", г: "u", т: "n", е: "t", к: "r", ш: "i", ".": "/", ",": "?" };

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target) && !event.target.matches("[type=checkbox]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const slash = event.code === "Slash" && /[а-яё.,]/i.test(event.key);
  const key = slash ? (event.shiftKey ? "?" : "/") : (RUSSIAN[event.key] ?? event.key);
  if (!KEYS[key] || (key !== "Enter" && RUSSIAN[event.key] && /[.,]/.test(event.key) && !slash)) return;
  if (KEYS[key](event) !== false) event.preventDefault();
}

export function startKeys() {
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && help());
}
