// The employee's pages: what is typed is kept, pictures are shown, the own ticket follows the server.
import { startBusy } from "./busy.js";
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

// An event may come before the page can show it: the server waits for the version that was heard of.
async function refresh(version) {
  const address = new URL(location.href);
  if (version) address.searchParams.set("version", version);
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live-submission]");
  if (!fresh || fresh.dataset.updated === shown().dataset.updated) return;
  for (const place of [".sent", ".verdict"]) {
    const [old, now] = [document.querySelector(place), page.querySelector(place)];
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(now);
    else if (now && !old) shown().after(now);
  }
  shown().replaceWith(fresh);
  showTimes();
}

if (shown()) {
  const last = encodeURIComponent(document.body.dataset.lastEvent ?? "");
  const source = new EventSource(`/api/v1/events?as=device&last_event_id=${last}`);
  source.addEventListener("ticket", (event) => {
    const ticket = JSON.parse(event.data);
    if (ticket.submission_id === shown().dataset.liveSubmission) refresh(ticket.version);
  });
  source.addEventListener("reset", () => refresh());
}
