// What one wants to be told of: quietly in the page, by the browser and in the title while one looks elsewhere.
import { notice } from "./notices.js";
import { fits } from "./rows.js";
import { say } from "./words.js";

const me = document.body.dataset.me;
const OPEN = ["new", "in_progress", "waiting"];
const STATUSES = { open: OPEN, mine: OPEN, new: ["new"], all: [] };
let settings = { assigned: false, answered: false, due: false };
let view;
let missed = 0;

async function ask(address) {
  const answer = await fetch(address).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function conditions(filters) {
  const wanted = filters.assignee ?? (filters.view === "mine" ? "me" : "");
  return { ...filters, status: filters.status ? [filters.status] : STATUSES[filters.view], assignee: wanted === "me" ? me : wanted };
}

// The server's empty values mean «any», as in the list's own conditions.
const NAMES = ["view", "assignee", "company", "person", "equipment", "category", "priority", "status", "sla", "q"];
const given = (filters) => Object.fromEntries(NAMES.map((name) => [name, filters[name] ?? ""]));

async function read() {
  settings = (await ask("/api/v1/notices")) ?? settings;
  if (!settings.view) return;
  const filters = STATUSES[settings.view] ? { view: settings.view } : (await ask(`/api/v1/views/${settings.view}`))?.filters;
  if (filters && !filters.q) view = conditions(given(filters));
}

function reason({ what, assignee, ...ticket }) {
  if (what.by === me) return "";
  const isMine = assignee?.id === me;
  if (settings.answered && isMine && ["reply", "reopening"].includes(what.entry)) return "told_answer";
  if (settings.assigned && isMine && what.assigned) return "told_assigned";
  if (settings.due && isMine && what.due) return `told_${what.due}`;
  if (view && what.registered && fits({ assignee, ...ticket }, view)) return "told_new";
  return "";
}

function count(number) {
  missed = number;
  document.title = (missed ? `(${missed}) ` : "") + document.title.replace(/^\(\d+\) /, "");
}

function tell(ticket, text) {
  if (!document.hidden && document.hasFocus()) return notice(text);
  count(missed + 1);
  if (globalThis.Notification?.permission !== "granted") return;
  // One tag for all of one's tabs: the browser shows it once.
  const shown = new Notification(text, { body: ticket.title, tag: `ticket-${ticket.number}-${ticket.version}` });
  shown.onclick = () => {
    focus();
    shown.close();
    location.assign(`/tickets/${ticket.number}?view=open`);
  };
}

export function takeWord(ticket) {
  const why = ticket.what && reason(ticket);
  const isOpen = document.getElementById("ticket")?.dataset.number === String(ticket.number);
  if (why && !(isOpen && document.hasFocus())) tell(ticket, `${say(why, { n: ticket.number })}: ${ticket.title}`);
}

export function startTelling() {
  read();
  addEventListener("focus", () => count(0));
  document.addEventListener("visibilitychange", () => document.hidden || count(0));
}
