// The live connection: rows and the open ticket follow it; a lost one is shown and heals by itself.
import { notice } from "./notices.js";
import { refreshList } from "./panes.js";
import { current, refreshTicket } from "./parts.js";
import { takeRow } from "./rows.js";
import { say } from "./words.js";

const ADDRESS = "/live";
let last = document.body.dataset.lastEvent ?? "";
const sign = () => document.querySelector("[data-live]");
let source;
let lost;
let pause = 1000;

function showLost() {
  if (!sign().hidden) return;
  sign().hidden = false;
  sign().firstElementChild.textContent = say("offline");
}

async function catchUp() {
  try {
    await Promise.all([refreshList(), refreshTicket()]);
  } catch (problem) {
    notice(problem.message || say("failed"), "bad");
  }
}

function opened() {
  clearTimeout(lost);
  lost = undefined;
  pause = 1000;
  if (sign().hidden) return;
  sign().hidden = true;
  notice(say("online"));
}

// The browser tries again by itself, unless it was refused: then we ask why, and try less and less often.
async function broken() {
  lost ??= setTimeout(showLost, 1500);
  if (source.readyState !== EventSource.CLOSED) return;
  const answer = await fetch(ADDRESS, { method: "HEAD" }).catch(() => null);
  if (answer?.status === 401) sign().firstElementChild.textContent = say("expired");
  setTimeout(connect, pause);
  pause = Math.min(pause * 2, 30_000);
}

function row(event) {
  last = event.lastEventId || last;
  const ticket = JSON.parse(event.data);
  takeRow(ticket);
  const open = current();
  if (open && Number(open.dataset.number) === ticket.number && Number(open.dataset.version) < ticket.version) refreshTicket();
}

// From where this page's data was read: nothing is missed between the page and the connection.
function connect() {
  source = new EventSource(last ? `${ADDRESS}?last_event_id=${encodeURIComponent(last)}` : ADDRESS);
  source.addEventListener("open", opened);
  source.addEventListener("error", broken);
  source.addEventListener("row", row);
  source.addEventListener("reset", (event) => {
    last = event.lastEventId || last;
    catchUp();
  });
}

export function startLive() {
  connect();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
}
