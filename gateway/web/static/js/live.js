// The live connection: rows and the open ticket follow it; a lost one is shown and heals by itself.
import { notice } from "./notices.js";
import { refreshList } from "./panes.js";
import { current, refreshTicket } from "./parts.js";
import { takeRow } from "./rows.js";
import { say } from "./words.js";

const ADDRESS = "/live";
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
  catchUp();
}

function broken() {
  lost ??= setTimeout(showLost, 1500);
  if (source.readyState !== EventSource.CLOSED) return;
  setTimeout(connect, pause);
  pause = Math.min(pause * 2, 30_000);
}

function row(event) {
  const ticket = JSON.parse(event.data);
  takeRow(ticket);
  const open = current();
  if (open && Number(open.dataset.number) === ticket.number && Number(open.dataset.version) < ticket.version) refreshTicket();
}

function connect() {
  source = new EventSource(ADDRESS);
  source.addEventListener("open", opened);
  source.addEventListener("error", broken);
  source.addEventListener("row", row);
  source.addEventListener("reset", catchUp);
}

export function startLive() {
  connect();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
}
