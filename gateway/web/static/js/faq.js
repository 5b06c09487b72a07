// The FAQ's pages: what is typed is kept, commands are copied by a click.
import { startBusy } from "./busy.js";
import { startMenus } from "./menus.js";
import { keepTimes } from "./times.js";
import { startTyped } from "./typed.js";
import { say } from "./words.js";

keepTimes();
startTyped();
startBusy();
startMenus();

for (const block of document.querySelectorAll("[data-article] pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small quiet faq-copy";
  button.textContent = say("copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code").textContent);
    button.textContent = say("copied");
  });
  const frame = document.createElement("div");
  frame.className = "faq-code";
  block.replaceWith(frame);
  frame.append(block, button);
}

// The address follows the search, so that it can be sent and come back to.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt.matches("[data-faq-search]") || !detail.successful) return;
  const asked = [...new FormData(detail.elt)].filter(([, value]) => value);
  history.replaceState(null, "", asked.length ? `/faq?${new URLSearchParams(asked)}` : "/faq");
});

document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && document.getElementById("help").showModal());
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  const search = document.querySelector("[data-faq-search] input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.select();
});
