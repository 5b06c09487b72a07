// The employee's pages: what is typed is kept, pictures are shown, the own ticket follows the server.
import { startBusy } from "./busy.js";
import { startDrop } from "./drop.js";
import { startMenus } from "./menus.js";
import { keepTimes, showTimes } from "./times.js";
import { startTyped } from "./typed.js";

keepTimes();
startTyped();
startBusy();
startMenus();
startDrop();

const shown = () => document.querySelector("[data-live-submission]");

const PAUSES = [0, 300, 1000, 3000];

async function load() {
  const answer = await fetch(location.href);
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live-submission]");
  if (!fresh || fresh.dataset.updated === shown().dataset.updated) return false;
  for (const place of [".sent", ".verdict"]) {
    const [old, now] = [document.querySelector(place), page.querySelector(place)];
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(now);
    else if (now && !old) shown().after(now);
  }
  shown().replaceWith(fresh);
  showTimes();
  return true;
}

// The news may be here before intake has heard it: look again until there is something new.
async function refresh() {
  for (const pause of PAUSES) {
    await new Promise((go) => setTimeout(go, pause));
    if (await load()) return;
  }
}

if (shown()) {
  const last = encodeURIComponent(document.body.dataset.lastEvent ?? "");
  const source = new EventSource(`/api/v1/events?as=device&last_event_id=${last}`);
  source.addEventListener("ticket", (event) => {
    if (JSON.parse(event.data).submission_id === shown().dataset.liveSubmission) refresh();
  });
  source.addEventListener("reset", refresh);
}
