// The specialist's stopwatch: in the bar of every page, started and stopped on a ticket.
import { notice } from "./notices.js";
import { say } from "./words.js";

const bar = document.querySelector("[data-timer]");
const ADDRESS = "/api/v1/timer";
let timer = { number: null, running: false, seconds: 0 };
let known = 0;

const two = (number) => String(number).padStart(2, "0");

function clock() {
  const passed = timer.running ? (performance.now() - known) / 1000 : 0;
  const seconds = Math.floor(timer.seconds + passed);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}:` : ""}${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
}

function showTime() {
  if (timer.number) bar.querySelector("[data-timer-time]").textContent = clock();
}

function show() {
  bar.hidden = !timer.number;
  bar.classList.toggle("timer-rests", !timer.running);
  bar.querySelector("[data-timer-forgotten]").hidden = !timer.forgotten;
  const link = bar.querySelector("[data-timer-ticket]");
  link.textContent = timer.number ? `№ ${timer.number}` : "";
  link.href = `/tickets/${timer.number ?? ""}`;
  bar.querySelector("[data-timer-rest]").setAttribute("aria-pressed", String(!timer.running));
  showTime();
  const here = document.querySelector("[data-timer-here]");
  if (!here) return;
  const isHere = timer.number === Number(here.dataset.timerHere);
  here.setAttribute("aria-pressed", String(isHere && timer.running));
  const word = isHere ? (timer.running ? "timer_here" : "timer_rests") : "timer_start";
  here.querySelector("[data-timer-word]").textContent = say(word);
}

async function ask(method, body) {
  const headers = { "X-CSRF-Token": bar.dataset.csrf, "Content-Type": "application/json" };
  const answer = await fetch(ADDRESS, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok && answer.status !== 409) throw new Error(answer.statusText);
  return answer;
}

async function read() {
  try {
    timer = await (await ask("GET")).json();
    known = performance.now();
    show();
  } catch {
    // Shown when it answers again.
  }
}

async function set(number, running, instead = false) {
  const answer = await ask("PUT", { number, running, instead });
  if (answer.status === 409 && !instead) {
    await read();
    if (confirm(say("timer_elsewhere", { n: timer.number }))) await set(number, running, true);
    return;
  }
  timer = await answer.json();
  known = performance.now();
  show();
}

async function stop() {
  const stopped = await (await ask("DELETE")).json();
  await read();
  if (!stopped.number) return;
  const form = document.getElementById("composer");
  const isHere = form?.dataset.draft === `/api/v1/tickets/${stopped.number}/draft`;
  if (isHere) {
    form.elements.minutes.value = Math.min(Number(form.elements.minutes.value || 0) + stopped.minutes, 1440);
    form.dataset.draftVersion = stopped.draft.version;
    sessionStorage.setItem(`draft:${form.dataset.draft}`, stopped.draft.version);
    form.elements.minutes.dispatchEvent(new Event("change", { bubbles: true }));
  }
  notice(say("timer_stopped", { n: stopped.number, minutes: stopped.minutes }));
}

async function clicked(event) {
  const here = event.target.closest("[data-timer-here]");
  try {
    if (here) {
      const number = Number(here.dataset.timerHere);
      if (timer.number === number && timer.running) await stop();
      else await set(number, true);
    } else if (event.target.closest("[data-timer-rest]")) await set(timer.number, !timer.running);
    else if (event.target.closest("[data-timer-stop]")) await stop();
  } catch {
    notice(say("failed"), "bad");
  }
}

if (bar) {
  document.addEventListener("click", clicked);
  document.addEventListener("composer:shown", show);
  document.addEventListener("visibilitychange", () => document.hidden || read());
  addEventListener("pageshow", (event) => event.persisted && read());
  setInterval(showTime, 1000);
  read();
}
