// The FAQ's pages: what is typed is kept, the search is in the address.
import { startBusy } from "./busy.js";
import { startMaterial } from "./material.js";
import { startMenus } from "./menus.js";
import { startPicturing } from "./picturing.js";
import { startReading } from "./reading.js";
import { keepTimes } from "./times.js";
import { startTyped } from "./typed.js";

keepTimes();
startTyped();
startBusy();
startMenus();
startReading();
startPicturing();
startMaterial();

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
