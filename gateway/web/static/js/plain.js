// Pages that are only a form.
import { startBusy } from "./busy.js";
import { startMenus } from "./menus.js";

startBusy();
startMenus();
