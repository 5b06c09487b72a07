// Answer templates in the composer: a menu, filled for this ticket when it opens; the chosen one goes in at the cursor.
import { say } from "./words.js";

const menu = () => document.querySelector("[data-templates]");

export function openTemplates() {
  if (!menu()) return false;
  menu().open = true;
}

async function load(opened) {
  const place = opened.querySelector("[data-templates-place]");
  opened.classList.toggle("opens-up", opened.getBoundingClientRect().top > innerHeight / 2);
  try {
    const answer = await fetch(opened.dataset.templates, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    place.innerHTML = await answer.text();
    place.querySelector("button, a")?.focus();
  } catch {
    place.textContent = say("failed");
  }
}

function insert(text) {
  const field = document.getElementById("composer").elements.text;
  menu().open = false;
  field.focus();
  // As if typed: it can be undone, and the draft is kept.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function step(event) {
  const items = [...event.target.closest("[data-templates]").querySelectorAll(".menu-item")];
  const next = items[items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  event.preventDefault();
}

export function startTemplates() {
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches("[data-templates]")) load(event.target);
  }, true);
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-template]");
    if (chosen) insert(chosen.dataset.template);
  });
  document.addEventListener("keydown", (event) => {
    if (["ArrowDown", "ArrowUp"].includes(event.key) && event.target.closest("[data-templates]")) step(event);
  });
}
