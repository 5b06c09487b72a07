// The board of the day: it follows what happens, without moving under the reader's hand more than once a second.
import { startMenus } from "./menus.js";
import { keepTimes } from "./times.js";

const PAUSE = 1000;
// A refusal is read before the board goes on.
const READ = 6000;
const board = document.querySelector("[data-board]");
let waiting;
let refused = -READ;

keepTimes();
startMenus();

function refresh() {
  waiting = undefined;
  if (board.contains(document.activeElement) || performance.now() - refused < READ) {
    soon();
    return;
  }
  htmx.ajax("GET", "/board", { target: board, swap: "innerHTML" });
}

document.addEventListener("htmx:afterSwap", () => {
  if (board.querySelector("[role=alert]")) refused = performance.now();
});

function soon() {
  waiting ??= setTimeout(refresh, PAUSE);
}

// By the clock as well: a promise comes near its end without anything happening.
setInterval(soon, 30_000);
let source;
function connect() {
  source?.close();
  source = new EventSource("/live");
  source.addEventListener("row", soon);
  source.addEventListener("reset", soon);
}
connect();
addEventListener("pagehide", () => source.close());
addEventListener("pageshow", (event) => event.persisted && connect());
document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && document.getElementById("help").showModal());
