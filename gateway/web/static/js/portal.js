// The employee's pages: what is typed is kept, pictures are shown, the own ticket follows the server.
import { startBusy } from "./busy.js";
import { follow } from "./following.js";
import { startDrop } from "./drop.js";
import { startHelpful } from "./helpful.js";
import { startMenus } from "./menus.js";
import { startReading } from "./reading.js";
import { keepTimes, showTimes } from "./times.js";
import { releaseSlot, startTyped } from "./typed.js";

keepTimes();
startTyped();
startBusy();
startMenus();
startDrop();
startHelpful();
startReading();

// It is solved: what was typed about it is not to come back.
document.querySelector("form[data-helped]")?.addEventListener("submit", () => releaseSlot("portal-submission"));

const shown = () => document.querySelector("[data-live-submission]");

const isInUse = (place) =>
  place.contains(document.activeElement) ||
  place.querySelector("details[open]") ||
  [...place.querySelectorAll("textarea, input[type=file]")].some((field) => field.value);

// What one can say to it now; where something is being written, that stays as it is.
function exchange(page) {
  for (const place of [".sent", ".verdict", ".reply"]) {
    const [old, now] = [document.querySelector(place), page.querySelector(place)];
    if (old && isInUse(old)) continue;
    if (old && now) old.replaceWith(now);
    else if (now) shown().after(now);
    else old?.remove();
  }
  startDrop();
}

let lastAsked = 0;

// An event may come before the page can show it: the server waits for the version that was heard of.
// Only what was asked last is shown: an answer on its way longer may be older.
async function refresh(version) {
  const asked = ++lastAsked;
  const address = new URL(location.href);
  if (version) address.searchParams.set("version", version);
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live-submission]");
  if (asked !== lastAsked || !fresh || fresh.dataset.updated === shown().dataset.updated) return;
  exchange(page);
  shown().replaceWith(fresh);
  showTimes();
}

// The list is always in the order in which it was written: a changed status moves nothing.
async function refreshList(heard) {
  // The list does not wait for what was heard of; the ticket's own page does.
  if (heard?.submission_id) await fetch(`/portal/submissions/${heard.submission_id}?version=${heard.version}`);
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live-portal]");
  const list = document.querySelector("[data-live-portal]");
  if (!fresh || fresh.innerHTML === list.innerHTML) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  list.replaceWith(fresh);
  if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  showTimes();
}

if (shown()) {
  const ticket = (heard) => heard.submission_id === shown().dataset.liveSubmission && refresh(heard.version);
  follow("/portal/live", { takes: { ticket, reset: () => refresh() } });
  // Of a colleague's ticket that one has joined nothing is heard: it is asked for, while somebody looks.
  const ask = () => document.hidden || refresh().catch(() => {});
  setInterval(ask, 30_000);
  document.addEventListener("visibilitychange", ask);
} else if (document.querySelector("[data-live-portal]")) {
  follow("/portal/live", { takes: { ticket: refreshList, reset: refreshList } });
}
