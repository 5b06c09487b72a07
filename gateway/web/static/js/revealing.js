// What was revealed is hidden again: after a while, when the tab is left, and before the page is kept for Back.
import { copyForAWhile } from "./clearing.js";
import { say } from "./words.js";

const SHOWN_SECONDS = 60;
const PERIOD = 30;
const shown = () => [...document.querySelectorAll("[data-revealed]")];

// The row as it was before; the server makes it anew, without what was shown.
function hide(row) {
  const address = row.dataset.revealed;
  row.querySelectorAll("[data-secret], [data-secret-more]").forEach((place) => place.replaceChildren());
  delete row.dataset.revealed;
  htmx.ajax("GET", address, { target: row, swap: "outerHTML" });
}

const hideAll = () => shown().forEach(hide);

function turn(ring, now) {
  ring.dataset.until ??= String(now + Number(ring.dataset.seconds) * 1000);
  const left = Math.max(0, Number(ring.dataset.until) - now) / 1000;
  ring.querySelector("circle:last-of-type").style.strokeDashoffset = String(100 - (100 * left) / PERIOD);
  ring.querySelector("b").textContent = Math.ceil(left);
  if (left > 0 || ring.dataset.over) return;
  ring.dataset.over = "yes";
  ring.closest("[data-totp]").classList.add("totp-over");
}

function tick() {
  const now = Date.now();
  for (const row of shown()) {
    row.dataset.hideAt ??= String(now + SHOWN_SECONDS * 1000);
    const left = Math.ceil((Number(row.dataset.hideAt) - now) / 1000);
    const said = row.querySelector("[data-hides]");
    if (said) said.textContent = say("hides", { n: Math.max(left, 0) });
    if (left <= 0) hide(row);
  }
  document.querySelectorAll("[data-seconds]").forEach((ring) => turn(ring, now));
}

function copy(button) {
  const place = button.closest("[data-line]").querySelector("[data-secret]");
  copyForAWhile(place.dataset.plain ?? place.textContent);
}

// A page that was answered with a key goes back to how it is without it.
function leaveKey() {
  const shown = document.querySelector("[data-key-shown]");
  if (!shown) return;
  shown.querySelector("[data-secret]").replaceChildren();
  location.replace(shown.querySelector("a").href);
}

export function startRevealing() {
  if (document.querySelector("[data-key-shown]")) setTimeout(leaveKey, SHOWN_SECONDS * 1000);
  setInterval(tick, 250);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy-secret]");
    if (button) copy(button);
    const hiding = event.target.closest?.("[data-hide]");
    if (!hiding) return;
    event.preventDefault();
    hide(hiding.closest("[data-revealed]"));
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    hideAll();
    leaveKey();
  });
  addEventListener("pagehide", () => {
    shown().forEach((row) => row.remove());
    document.querySelector("[data-key-shown]")?.remove();
  });
}
