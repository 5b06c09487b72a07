// The FAQ's pages.
import { startBusy } from "./busy.js";
import { startFinding } from "./finding.js";
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
startFinding();
startPicturing();
startMaterial();

document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && document.getElementById("help").showModal());
