// The live connection: rows and the open ticket follow it; a lost one is shown and heals by itself.
import { countAgain } from "./counts.js";
import { notice } from "./notices.js";
import { refreshList } from "./panes.js";
import { current, refreshTicket } from "./parts.js";
import { TAB, beginPresence, takePresence } from "./presence.js";
import { takeRow } from "./rows.js";
import { takeWord } from "./telling.js";
import { say } from "./words.js";

const ADDRESS = "/live";
// The server says every 15 s that it is there; a connection that forgot us without a word says nothing.
const SILENCE = 40_000;
let last = document.body.dataset.lastEvent ?? "";
const sign = () => document.querySelector("[data-live]");
let source;
let lost;
let again;
let silence;
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

function heard() {
  clearTimeout(silence);
  silence = setTimeout(() => {
    showLost();
    connect();
  }, SILENCE);
}

function opened() {
  heard();
  beginPresence();
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
  const refused = source;
  if (refused.readyState !== EventSource.CLOSED) return;
  const answer = await fetch(ADDRESS, { method: "HEAD" }).catch(() => null);
  if (refused !== source) return;
  if (answer?.status === 401) sign().firstElementChild.textContent = say("expired");
  again = setTimeout(connect, pause);
  pause = Math.min(pause * 2, 30_000);
}

function row(event) {
  heard();
  last = event.lastEventId || last;
  const ticket = JSON.parse(event.data);
  takeRow(ticket);
  document.dispatchEvent(new CustomEvent("helpdesk:ticket", { detail: ticket }));
  takeWord(ticket);
  countAgain();
  const open = current();
  if (open && Number(open.dataset.number) === ticket.number && Number(open.dataset.version) < ticket.version) refreshTicket();
}

function disconnect() {
  clearTimeout(again);
  clearTimeout(silence);
  source?.close();
}

// From where this page's data was read: nothing is missed between the page and the connection.
function connect() {
  disconnect();
  heard();
  source = new EventSource(`${ADDRESS}?tab=${TAB}${last ? `&last_event_id=${encodeURIComponent(last)}` : ""}`);
  source.addEventListener("presence", (event) => takePresence(JSON.parse(event.data)));
  source.addEventListener("open", opened);
  source.addEventListener("error", broken);
  source.addEventListener("alive", heard);
  source.addEventListener("row", row);
  source.addEventListener("reset", (event) => {
    heard();
    last = event.lastEventId || last;
    catchUp();
  });
}

export function startLive() {
  connect();
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => event.persisted && connect());
}
