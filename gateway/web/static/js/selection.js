// Rows selected for a change of several: by click, Shift, or keyboard; those that could not be changed stay.
import { notice } from "./notices.js";
import { say } from "./words.js";

const boxes = () => [...document.querySelectorAll("#rows .c-select input")];
const form = () => document.getElementById("bulk");
let last;

export const selected = () => boxes().filter((box) => box.checked);

export function showSelection() {
  const [all, chosen] = [boxes(), selected()];
  const head = document.querySelector("[data-select-all]");
  if (!head || !form()) return;
  head.checked = all.length > 0 && chosen.length === all.length;
  head.indeterminate = chosen.length > 0 && !head.checked;
  form().dataset.shown = chosen.length ? "yes" : "";
  document.querySelector("[data-bulk-count]").textContent = chosen.length ? say("selected", { n: chosen.length }) : "";
}

// The rows may have been put in anew: who was selected still is.
export function keepSelection(act) {
  const kept = new Set(selected().map((box) => box.value));
  act();
  for (const box of boxes()) if (kept.has(box.value)) box.checked = true;
  showSelection();
}

export function toggle(row) {
  const box = row?.querySelector(".c-select input");
  if (!box) return false;
  box.checked = !box.checked;
  last = box.value;
  showSelection();
  return true;
}

export function select(row) {
  const box = row?.querySelector(".c-select input");
  if (box && !box.checked) toggle(row);
}

function reach(to) {
  const all = boxes();
  const [from, until] = [all.findIndex((box) => box.value === last), all.indexOf(to)].sort((a, b) => a - b);
  if (from < 0) return;
  for (const box of all.slice(from, until + 1)) box.checked = true;
}

export function selectAll() {
  const all = boxes();
  const every = all.every((box) => box.checked);
  for (const box of all) box.checked = !every;
  showSelection();
  return all.length > 0;
}

export function clearSelection() {
  const chosen = selected();
  for (const box of chosen) box.checked = false;
  document.querySelector("[data-outcome]")?.remove();
  showSelection();
  return chosen.length > 0;
}

export function takeForMe(row) {
  if (!selected().length) select(row);
  if (!selected().length) return false;
  form().requestSubmit(form().querySelector("[data-bulk-mine]"));
}

// To the field that changes the selected ones, or false: nothing is selected.
export function goToBulk(name) {
  if (!selected().length) return false;
  form().elements[name].focus();
}

function told(html) {
  document.querySelector("[data-outcome]")?.remove();
  document.querySelector("[data-scroll]").insertAdjacentHTML("afterbegin", html);
  const outcome = document.querySelector("[data-outcome]");
  if (outcome.querySelector(".problem")) return;
  const failed = new Set(outcome.dataset.failed.split(","));
  for (const box of selected()) box.checked = failed.has(box.value);
  if (!outcome.dataset.failed) {
    notice(outcome.textContent.trim());
    outcome.remove();
  }
  showSelection();
}

async function send(event) {
  event.preventDefault();
  const bulk = event.target;
  if (bulk.dataset.sending) return;
  bulk.dataset.sending = "yes";
  try {
    const body = new FormData(bulk, event.submitter);
    const answer = await fetch(bulk.action, { method: "POST", body, headers: { "HX-Request": "true", "HX-Target": "bulk" } });
    if (!answer.ok) throw new Error(say(answer.status === 401 ? "expired" : "failed"));
    told(await answer.text());
    bulk.elements.key.value = answer.headers.get("X-Fresh-Key");
    for (const field of bulk.querySelectorAll("select, input[name=category]")) field.value = "";
    document.dispatchEvent(new CustomEvent("list:changed"));
  } catch (problem) {
    notice(problem.message || say("failed"), "bad");
  } finally {
    delete bulk.dataset.sending;
  }
}

function click(event) {
  const box = event.target.closest?.("#rows .c-select")?.querySelector("input");
  if (box) {
    if (event.target !== box) box.checked = !box.checked;
    if (event.shiftKey) reach(box);
    last = box.value;
    return showSelection();
  }
  const row = event.shiftKey && event.target.closest?.("#rows tr");
  if (row) {
    event.preventDefault();
    if (!selected().length) return toggle(row);
    reach(row.querySelector(".c-select input"));
    return showSelection();
  }
  if (event.target.closest?.("[data-select-all]")) selectAll();
  if (event.target.closest?.("[data-bulk-clear]")) clearSelection();
}

export function startSelection() {
  document.addEventListener("click", click, true);
  // A range is chosen, not the text in between.
  document.addEventListener("mousedown", (event) => event.shiftKey && event.target.closest?.("#rows tr") && event.preventDefault());
  document.addEventListener("submit", (event) => event.target.matches("[data-bulk]") && send(event));
  showSelection();
}
