// The specialist's pages.
import { startComposer, dressComposer } from "./composer.js";
import { startFitting } from "./fitting.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startPanes } from "./panes.js";
import { startParts } from "./parts.js";
import { startPictures } from "./pictures.js";
import { startRetitle } from "./retitle.js";
import { startRevealing } from "./revealing.js";
import { keepTimes } from "./times.js";
import { startSelection } from "./selection.js";
import { startTyped } from "./typed.js";

startParts();
keepTimes();
startTyped();
startMenus();
startPanes();
startComposer();
startRetitle();
startFitting();
startPictures();
startRevealing();
startSelection();
startKeys();
startLive();
new MutationObserver(dressComposer).observe(document.getElementById("pane"), { childList: true });
