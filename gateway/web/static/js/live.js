// The desk's live connection: rows, the open ticket and who is on it follow it.
import { countAgain } from "./counts.js";
import { follow } from "./following.js";
import { notice } from "./notices.js";
import { refreshList } from "./panes.js";
import { current, refreshTicket } from "./parts.js";
import { TAB, beginPresence, takePresence } from "./presence.js";
import { takeRow } from "./rows.js";
import { takeWord } from "./telling.js";
import { say } from "./words.js";

async function catchUp() {
  try {
    await Promise.all([refreshList(), refreshTicket()]);
  } catch (problem) {
    notice(problem.message || say("failed"), "bad");
  }
}

function takeTicket(ticket) {
  takeRow(ticket);
  document.dispatchEvent(new CustomEvent("helpdesk:ticket", { detail: ticket }));
  takeWord(ticket);
  countAgain();
  const open = current();
  if (open && Number(open.dataset.number) === ticket.number && Number(open.dataset.version) < ticket.version) refreshTicket();
}

export function startLive() {
  follow(`/live?tab=${TAB}`, {
    takes: { row: takeTicket, presence: takePresence, reset: catchUp },
    opened: (wasLost) => {
      beginPresence();
      if (wasLost) notice(say("online"));
    },
    refused: (status) => status === 401 && say("expired"),
  });
}
