// Registering a call, without a hand on the mouse: name, Enter, what is wrong, Ctrl+Enter.
import { startBusy } from "./busy.js";
import { startMenus } from "./menus.js";
import { startTyped } from "./typed.js";

const help = () => document.getElementById("help");
const people = () => [...document.querySelectorAll("#people [name=person]")];
const title = () => document.querySelector("form[data-keep] [name=title]");

// The search of a moment ago may still be under way: whoever it finds first is meant.
function choose(step = 0) {
  const all = people();
  const person = all.find((one) => one.checked) ?? all[0];
  if (!person) return document.addEventListener("htmx:afterSwap", () => people().length && choose(step), { once: true });
  person.checked = true;
  person.dispatchEvent(new Event("change", { bubbles: true }));
  if (person.value === "new" && !step) return document.querySelector("#people .newcomer-fields input").focus();
  (step ? person : title()).focus();
}

function press(event) {
  const field = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = document.querySelector("form[data-keep]");
    if (!form) return;
    event.preventDefault();
    return form.requestSubmit(form.querySelector("[data-register]"));
  }
  if (field.matches("[name=who]") && ["Enter", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    return choose(event.key === "ArrowDown" ? 1 : 0);
  }
  if (field.matches("[name=person]") && event.key === "Enter") {
    event.preventDefault();
    return title().focus();
  }
  if (event.key === "?" && !field.closest("input, textarea, select")) help()?.showModal();
}

startTyped();
startBusy();
startMenus();
document.addEventListener("keydown", press);
document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && help()?.showModal());
