// Registering a call.
import { startBusy } from "./busy.js";
import { startMenus } from "./menus.js";
import { startTyped } from "./typed.js";

startTyped();
startBusy();
startMenus();
document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && document.getElementById("help").showModal());
