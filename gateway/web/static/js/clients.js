// The pages of the client card.
import { startBusy } from "./busy.js";
import { startCopying } from "./copying.js";
import { startEditing } from "./editing.js";
import { startFinding } from "./finding.js";
import { startMenus } from "./menus.js";
import { startMoving } from "./moving.js";
import { startRevealing } from "./revealing.js";
import { keepTimes } from "./times.js";
import { startTyped } from "./typed.js";

keepTimes();
startTyped();
startBusy();
startMenus();
startEditing();
startFinding();
startCopying();
startMoving();
startRevealing();

document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
document.addEventListener("change", (event) => event.target.matches("[data-submit]") && event.target.form.requestSubmit());
document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && document.getElementById("help").showModal());
