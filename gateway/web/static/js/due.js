// The mark at the FAQ: how many articles one wrote should be read again by now. It changes from day to day.
import { say } from "./words.js";

const KEPT = "due";
const FOR = 10 * 60_000;
const link = document.querySelector("[data-due]");

async function count() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (kept && Date.now() - kept.at < FOR && !location.pathname.startsWith("/faq")) return kept.mine;
  const answer = await fetch("/api/v1/articles/due").catch(() => null);
  if (!answer?.ok) return 0;
  const { mine } = await answer.json();
  sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), mine }));
  return mine;
}

const mine = link ? await count() : 0;
if (mine) {
  const mark = document.createElement("span");
  mark.className = "bar-count";
  mark.textContent = mine > 9 ? "9+" : mine;
  link.title = say("due", { n: mine });
  link.append(" ", mark);
}
