// The list and the ticket beside it: addresses, the Back button, and what is open, without loading the page anew.
import { notice } from "./notices.js";
import { body, forget, takeList } from "./rows.js";
import { keepSelection } from "./selection.js";
import { showTimes } from "./times.js";
import { restoreTyped } from "./typed.js";
import { say } from "./words.js";

const list = () => document.getElementById("list");
const pane = () => document.getElementById("pane");
const query = () => document.querySelector("table.rows")?.dataset.query ?? "";
const title = document.title;
let asked = 0;

async function part(address, target) {
  const answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Target": target } });
  if (answer.status === 401) throw new Error(say("expired"));
  if (!answer.ok && answer.status !== 404) throw new Error(say("failed"));
  return answer.text();
}

function mark(number) {
  for (const row of body()?.querySelectorAll("[aria-current]") ?? []) row.removeAttribute("aria-current");
  const row = document.getElementById(`ticket-${number}`);
  row?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
}

// The entry of the log that a search found.
function goToEntry() {
  const entry = location.hash.startsWith("#entry-") && document.getElementById(location.hash.slice(1));
  if (!entry) return;
  entry.scrollIntoView({ block: "center" });
  entry.classList.add("arrived");
}

async function show(address, number) {
  const mine = ++asked;
  mark(number);
  try {
    const html = await part(address, "pane");
    if (mine !== asked) return;
    pane().innerHTML = html;
    document.body.classList.add("with-pane");
    document.title = `№ ${number} · ${title.split(" · ").at(-1)}`;
    htmx.process(pane());
    restoreTyped(pane());
    showTimes(pane());
    pane().scrollTop = 0;
    mark(number);
    pane().querySelector("[data-title]")?.focus({ preventScroll: true });
    goToEntry();
  } catch (problem) {
    notice(problem.message || say("failed"), "bad");
  }
}

// `entry`: of its log, as in the address of a row that a search found by it.
export function openTicket(number, entry = "") {
  const address = `/tickets/${number}${query() ? `?${query()}` : ""}${entry}`;
  if (!list()) return location.assign(address);
  if (location.pathname !== `/tickets/${number}`) history.pushState({}, "", address);
  return show(address, number);
}

export const openRow = (row) => openTicket(row.dataset.number, row.querySelector("td a").hash);

function hide() {
  const number = document.getElementById("ticket")?.dataset.number;
  asked += 1;
  document.body.classList.remove("with-pane");
  pane().replaceChildren();
  document.title = title;
  const row = document.getElementById(`ticket-${number}`);
  row?.scrollIntoView({ block: "nearest" });
  row?.querySelector("td a").focus({ preventScroll: true });
  mark(null);
}

export function closeTicket() {
  if (!list()) return location.assign("/tickets");
  if (!document.body.classList.contains("with-pane")) return;
  history.pushState({}, "", `/tickets${query() ? `?${query()}` : ""}`);
  hide();
}

async function fill(address) {
  const mine = ++asked;
  try {
    const html = await part(address, "list");
    if (mine !== asked) return;
    const typing = document.activeElement?.name === "q" && document.activeElement;
    const [from, to] = typing ? [typing.selectionStart, typing.selectionEnd] : [];
    const typed = typing && typing.value;
    keepSelection(() => (list().innerHTML = html));
    htmx.process(list());
    forget();
    if (typing) {
      const field = list().querySelector("[name=q]");
      field.value = typed;
      field.focus({ preventScroll: true });
      field.setSelectionRange(from, to);
    }
    showTimes(list());
    mark(document.getElementById("ticket")?.dataset.number);
    document.dispatchEvent(new CustomEvent("list:changed"));
  } catch (problem) {
    notice(problem.message || say("failed"), "bad");
  }
}

export function openList(search) {
  const number = document.getElementById("ticket")?.dataset.number;
  const kept = document.body.classList.contains("with-pane") && number;
  history.pushState({}, "", `${kept ? `/tickets/${number}` : "/tickets"}?${search}`);
  return fill(`/tickets?${search}`);
}

export async function refreshList() {
  if (!list()) return;
  const html = await part(`/tickets?${query()}`, "list");
  takeList(new DOMParser().parseFromString(html, "text/html"));
}

async function back() {
  const number = location.pathname.match(/^\/tickets\/(\d+)$/)?.[1];
  const search = location.search.slice(1);
  if (!list() || (!number && location.pathname !== "/tickets")) return location.reload();
  if (search !== query() && !(search === "" && query() === "view=open")) await fill(`/tickets?${search}`);
  if (number) await show(location.href, number);
  else hide();
}

function searchOf(form) {
  const values = [...new FormData(form)].filter(([, value]) => value.trim());
  return new URLSearchParams(values).toString();
}

function followClick(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a");
  const row = event.target.closest("#rows tr");
  if (event.target.closest(".c-select")) return;
  if (row && (!link || row.contains(link)) && getSelection().isCollapsed) {
    event.preventDefault();
    return openRow(row);
  }
  if (link?.matches("[data-back]") && list()) {
    event.preventDefault();
    return closeTicket();
  }
  if (link?.matches("[data-open]") && list()) {
    event.preventDefault();
    return openTicket(link.pathname.split("/").at(-1));
  }
  if (link?.matches(".views a, .filters a, .further a, .rows th a, a[data-list]") && list()) {
    event.preventDefault();
    openList(link.search.slice(1));
  }
}

export function startPanes() {
  if (list()) mark(document.getElementById("ticket")?.dataset.number);
  document.addEventListener("click", followClick);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-filters]") || !list()) return;
    event.preventDefault();
    openList(searchOf(event.target));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  let pause;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-filters] [name=q]")) return;
    clearTimeout(pause);
    pause = setTimeout(() => event.target.form.requestSubmit(), 250);
  });
  document.addEventListener("list:refresh", () => fill(`/tickets?${query()}`));
  addEventListener("popstate", back);
}

