// Times in the viewer's own zone, and the clocks of tickets, counted here so that pages can be kept as they are.
import { lang, say } from "./words.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const two = (n) => String(n).padStart(2, "0");
const relative = new Intl.RelativeTimeFormat(lang, { style: "short", numeric: "always" });

const date = (d) => `${two(d.getDate())}.${two(d.getMonth() + 1)}.${d.getFullYear()}`;
const hour = (d) => `${two(d.getHours())}:${two(d.getMinutes())}`;
export const full = (d) => `${date(d)} ${hour(d)}`;

function ago(d, now) {
  const minutes = Math.round((now - d) / MINUTE);
  if (minutes < 1) return say("now");
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (minutes < 12 * 60) return relative.format(-Math.round(minutes / 60), "hour");
  return full(d);
}

function length(span) {
  const minutes = Math.max(1, Math.round(span / MINUTE));
  if (minutes < 60) return say("minutes", { n: minutes });
  if (span >= 2 * DAY) return say("days", { n: Math.floor(span / DAY) });
  const [h, n] = [Math.floor(minutes / 60), minutes < 300 ? minutes % 60 : 0];
  return n ? say("hours_minutes", { h, n }) : say("hours", { n: h });
}

function showTime(element, now) {
  const at = new Date(element.dateTime);
  const shown = { ago: () => ago(at, now), short: () => `${date(at).slice(0, 5)} ${hour(at)}` }[element.dataset.time]?.() ?? full(at);
  if (element.textContent !== shown) element.textContent = shown;
  if (element.title !== full(at)) element.title = full(at);
}

// A deadline beyond today is a moment, not a number of hours: nights and weekends are not worked.
function left(due, now) {
  const today = due.toDateString() === now.toDateString();
  return today || due - now < 4 * 60 * MINUTE ? length(due - now) : say("until", { time: `${date(due).slice(0, 5)} ${hour(due)}` });
}

function showClock(element, now) {
  if ("paused" in element.dataset) return;
  const due = new Date(element.dataset.due);
  const span = due - now;
  const warned = element.dataset.state === "warned" || span < 1000 * Number(element.dataset.warn || 0);
  const state = span < 0 ? "broken" : warned ? "warned" : element.dataset.state;
  if (element.dataset.state !== state) element.dataset.state = state;
  const shown = span < 0 ? `−${length(-span)}` : left(due, now);
  const figure = element.querySelector("b");
  if (figure.textContent !== shown) figure.textContent = shown;
}

export function showTimes(root = document) {
  const now = new Date();
  root.querySelectorAll("time[data-time]").forEach((element) => showTime(element, now));
  root.querySelectorAll("[data-clock]").forEach((element) => showClock(element, now));
}

export function keepTimes() {
  showTimes();
  setInterval(showTimes, 15_000);
  document.addEventListener("visibilitychange", () => document.hidden || showTimes());
  document.addEventListener("htmx:afterSwap", () => showTimes());
}
