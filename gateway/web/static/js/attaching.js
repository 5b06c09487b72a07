// Files for an answer: chosen, dropped or pasted, and stored at once, while one goes on writing.
import { identity } from "./identity.js";
import { notice } from "./notices.js";
import { say } from "./words.js";

const LARGEST = 60 * 1024 * 1024;
const LARGEST_PICTURE = 16 * 1024 * 1024;
const SHOWN = ["image/png", "image/jpeg", "image/webp"];

const composer = () => document.getElementById("composer");
const list = () => composer()?.querySelector("[data-attached]");

// What is called a picture and is none is kept all the same, to be saved.
async function store(place, file, kinds) {
  const body = new FormData();
  body.append(kinds[0], file, file.name);
  const headers = { "X-CSRF-Token": composer().elements.csrf_token.value, "Idempotency-Key": identity() };
  const answer = await fetch(place.dataset.attached, { method: "POST", body, headers });
  if (answer.status === 422 && kinds.length > 1) return store(place, file, kinds.slice(1));
  if (!answer.ok) throw new Error(say(answer.status === 413 ? "too_large" : "failed"));
  return (await answer.json()).items[0];
}

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "link";
  remove.textContent = say("removed");
  remove.onclick = () => {
    item.remove();
    composer().dispatchEvent(new Event("input", { bubbles: true }));
  };
  item.append(name, remove);
  item.setAttribute("aria-busy", "true");
  return item;
}

async function attach(file) {
  const place = list();
  if (file.size > LARGEST) return notice(`${file.name}: ${say("too_large")}`, "bad");
  const item = line(file);
  place.append(item);
  try {
    const isShown = SHOWN.includes(file.type) && file.size <= LARGEST_PICTURE;
    const stored = await store(place, file, isShown ? ["screenshot", "attachment"] : ["attachment"]);
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "file", value: JSON.stringify(stored) });
    item.append(field);
    item.removeAttribute("aria-busy");
    composer()?.dispatchEvent(new Event("input", { bubbles: true }));
  } catch (error) {
    item.remove();
    notice(`${file.name}: ${error instanceof TypeError ? say("failed") : error.message}`, "bad");
  }
}

const attachAll = (files) => [...files].forEach(attach);

export function startAttaching() {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-attach]")) return;
    attachAll(target.files);
    target.value = "";
  });
  document.addEventListener("paste", (event) => {
    if (!event.target.closest?.("#composer") || !event.clipboardData.files.length) return;
    event.preventDefault();
    attachAll(event.clipboardData.files);
  });
  for (const happening of ["dragover", "drop"])
    document.addEventListener(happening, (event) => {
      if (!list() || !event.target.closest?.("#ticket") || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      if (happening === "drop") attachAll(event.dataTransfer.files);
    });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "composer" || !list().querySelector("[aria-busy]")) return;
    event.preventDefault();
    notice(say("storing"), "bad");
  });
}
