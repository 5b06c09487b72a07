// The rows of the list: which belong into the open view, and how they arrive without disturbing the reader.
import { keepSelected } from "./selected.js";
import { keepSelection } from "./selection.js";
import { showTimes } from "./times.js";
import { say } from "./words.js";

export const table = () => document.querySelector("table.rows");
export const body = () => document.getElementById("rows");
const scroller = () => document.querySelector("[data-scroll]");
let unseen = new Set();

function parse(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

export function fits(ticket, view) {
  const has = (wanted, value) => !wanted.length || (Array.isArray(wanted) ? wanted.includes(value) : wanted === value);
  const assignee = ticket.assignee?.id ?? "none";
  return (
    has(view.status, ticket.status) &&
    has(view.priority, ticket.priority) &&
    has(view.sla, ticket.sla.state) &&
    has(view.assignee, assignee) &&
    has(view.company, ticket.company.id) &&
    has(view.person, ticket.person.id) &&
    has(view.equipment, ticket.equipment?.id) &&
    (has(view.category, ticket.category) || ticket.category?.startsWith(`${view.category} / `))
  );
}

function markCurrent(row) {
  const open = document.getElementById("ticket")?.dataset.number;
  if (row.dataset.number === open) row.setAttribute("aria-current", "true");
}

// It comes without knowing what anybody has searched for: that stays marked where the words are the same.
function keepFound(row, fresh) {
  const found = row.querySelectorAll(".c-found");
  if (fresh.querySelector("mark") || !row.querySelector("mark")) return;
  for (const place of [".c-title a", ".c-person", ".c-company"]) {
    const [was, now] = [row, fresh].map((one) => one.querySelector(place));
    if (was.textContent === now.textContent) now.replaceWith(was);
  }
  if (found.length) fresh.querySelector(".c-category")?.remove();
  fresh.querySelector(".c-title").append(...found);
}

function change(row, fresh, belongs) {
  const focused = row.contains(document.activeElement);
  if (!belongs) fresh.classList.add("leaving");
  markCurrent(fresh);
  const put = () => {
    keepFound(row, fresh);
    row.replaceWith(fresh);
  };
  keepSelection(() => keepSelected(body(), put));
  if (focused) fresh.querySelector("td a").focus({ preventScroll: true });
}

function reading() {
  const selection = getSelection();
  return !selection.isCollapsed && body().contains(selection.anchorNode);
}

// Rows above what one reads must not push it down: the scroll position moves by exactly their height.
function insert(row) {
  const place = [...body().children].find((other) => Number(other.dataset.number) < Number(row.dataset.number));
  if (!place && document.querySelector(".further [rel=next]")) return false;
  const area = scroller();
  const before = area.scrollHeight;
  row.classList.add("arrived");
  markCurrent(row);
  body().insertBefore(row, place ?? null);
  const above = row.offsetTop < area.scrollTop + 2 * row.offsetHeight;
  if ((area.scrollTop > 0 && above) || reading()) area.scrollTop += area.scrollHeight - before;
  return true;
}

function offer() {
  let pill = document.querySelector(".fresh");
  if (!unseen.size) return pill?.remove();
  if (!pill) {
    pill = document.createElement("p");
    pill.className = "fresh";
    pill.innerHTML = '<button type="button" class="button"></button>';
    scroller().prepend(pill);
  }
  pill.firstElementChild.textContent = `${say("new_tickets", { n: unseen.size })} · ${say("refresh")}`;
  pill.firstElementChild.onclick = () => document.dispatchEvent(new CustomEvent("list:refresh"));
}

// What is not shown may stand on another page, or lack the words that are looked for: not every news of it is new here.
function isNewHere({ what }, view) {
  if (what.registered) return true;
  const hasMore = view.cursor || document.querySelector(".further [rel=next]");
  return !view.q && (what.assigned || !hasMore);
}

export function takeRow(ticket) {
  if (!table()) return;
  const known = document.getElementById(`ticket-${ticket.number}`);
  const view = JSON.parse(table().dataset.view);
  const belongs = fits(ticket, view);
  if (known) {
    if (Number(known.dataset.version) > ticket.version) return;
    change(known, parse(ticket.html), belongs);
  } else if (belongs && (view.q || view.cursor || view.sort !== "-number")) {
    if (!isNewHere(ticket, view)) return;
    unseen.add(ticket.number);
    offer();
  } else if (belongs) {
    insert(parse(ticket.html));
  }
  document.querySelector("[data-empty]")?.toggleAttribute("hidden", body().children.length > 0);
  showTimes(body());
  document.dispatchEvent(new CustomEvent("list:changed"));
}

// After a lost connection: what was missed is brought in, row by row, where the reader stands.
export function takeList(page) {
  const incoming = page.getElementById("rows");
  if (!incoming || !body()) return;
  const area = scroller();
  const top = [...body().children].find((row) => row.offsetTop >= area.scrollTop);
  const offset = top && top.offsetTop - area.scrollTop;
  for (const row of [...incoming.children].reverse()) {
    const known = document.getElementById(row.id);
    if (known && known.dataset.version === row.dataset.version) continue;
    if (known) change(known, row, true);
    else insert(row);
  }
  for (const row of [...body().children])
    if (!page.getElementById(row.id)) row.classList.add("leaving");
  const anchor = top && document.getElementById(top.id);
  if (anchor && area.scrollTop > 0) area.scrollTop = anchor.offsetTop - offset;
  document.querySelector("[data-empty]")?.toggleAttribute("hidden", body().children.length > 0);
  forget();
  showTimes(body());
  document.dispatchEvent(new CustomEvent("list:changed"));
}

export function forget() {
  unseen = new Set();
  offer();
}
