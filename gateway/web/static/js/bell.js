// The mark in the bar: how many tickets somebody gave one that one has not looked at.
const bell = document.querySelector("[data-bell]");
const EVERY = 60_000;
let asked;

async function look() {
  const answer = await fetch("/api/v1/unread").catch(() => null);
  if (!answer?.ok) return;
  const { unread } = await answer.json();
  const count = bell.querySelector("[data-bell-count]");
  count.textContent = unread > 9 ? "9+" : unread;
  count.hidden = !unread;
}

function soon() {
  clearTimeout(asked);
  asked = setTimeout(look, 500);
}

// Told by the live connection, where the page has one.
document.addEventListener("helpdesk:ticket", (event) => event.detail.assignee?.id === bell.dataset.me && soon());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon());
setInterval(() => document.visibilityState === "visible" && look(), EVERY);
look();
