// Who has which ticket open, in the list and in the ticket; where this tab is, said to the others.
import { identity } from "./identity.js";
import { say } from "./words.js";

const EVERY = 10_000;
const STILL_TYPING = 5_000;
const ADDRESS = "/api/v1/presence";
const me = document.body.dataset.me;
const places = new Map();
let said = "";
let saidAt = 0;
let typedAt = 0;

export const TAB = identity();

const initials = (name) => name.split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "").join("");

function short(name) {
  const [family, ...others] = name.split(/\s+/);
  return [family, ...others.map((other) => `${[...other][0]}.`)].join("\u00a0");
}

// As an attribute: what somebody has selected or is reading in the row stays as it is.
function showRow(row) {
  const who = places.get(Number(row.dataset.number)) ?? [];
  const cell = row.querySelector(".c-title");
  if (!who.length) {
    if ("here" in cell.dataset) cell.removeAttribute("title");
    return delete cell.dataset.here;
  }
  const typing = who.some((one) => one.typing) ? " ✎" : "";
  cell.dataset.here = who.slice(0, 3).map((one) => initials(one.full_name)).join(" ") + typing;
  cell.title = say("opened_by", { who: who.map((one) => short(one.full_name)).join(", ") });
}

function showTicket() {
  const place = document.querySelector("#ticket [data-here]");
  if (!place) return;
  const who = places.get(Number(document.getElementById("ticket").dataset.number)) ?? [];
  const [typing, looking] = [who.filter((one) => one.typing), who.filter((one) => !one.typing)];
  const names = (some) => some.map((one) => short(one.full_name)).join(", ");
  const lines = [typing.length && say("types", { who: names(typing) }), looking.length && say("looks", { who: names(looking) })];
  const text = lines.filter(Boolean).join(" · ");
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

function show() {
  document.querySelectorAll("#rows tr").forEach(showRow);
  showTicket();
}

export function takePresence({ number, who }) {
  const others = who.filter((one) => one.id !== me);
  if (others.length) places.set(number, others);
  else places.delete(number);
  const row = document.getElementById(`ticket-${number}`);
  if (row) showRow(row);
  showTicket();
}

// A new connection begins with everybody who is there: whoever left meanwhile is not among them.
export function beginPresence() {
  places.clear();
  show();
  tell(true);
}

// Who looks elsewhere does not have it open.
function place(left) {
  const number = left || document.hidden ? NaN : Number(document.getElementById("ticket")?.dataset.number);
  const text = document.querySelector("#composer [name=text]")?.value.trim();
  const typing = Boolean(text) && Date.now() - typedAt < STILL_TYPING;
  return number ? { tab: TAB, number, typing } : { tab: TAB, number: null, typing: false };
}

function tell(again = false, left = false) {
  const now = place(left);
  const body = JSON.stringify(now);
  const isDue = now.number && Date.now() - saidAt >= EVERY;
  if (body === said && !isDue && !(again && now.number)) return;
  if (!said && !now.number) return;
  [said, saidAt] = [body, Date.now()];
  const token = document.querySelector("[name=csrf_token]")?.value ?? "";
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": token };
  fetch(ADDRESS, { method: "POST", body, headers, keepalive: left }).catch(() => {});
}

export function startPresence() {
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#composer [name=text]")) return;
    typedAt = Date.now();
    tell();
  });
  document.addEventListener("list:changed", show);
  document.addEventListener("visibilitychange", () => tell());
  addEventListener("pagehide", () => tell(false, true));
  new MutationObserver(() => {
    showTicket();
    tell();
  }).observe(document.getElementById("pane"), { childList: true });
  setInterval(() => tell(), 2_500);
  tell();
}
