// What one types is never lost: kept for this tab while typing, warned about before leaving, let go when sent.
import { say } from "./words.js";

const PREFIX = "typed:";
const SENT = "sent";
const fields = (form) => [...form.elements].filter((field) => field.matches("textarea, input:not([type=hidden], [type=file], [type=password]), select"));
const slot = (form) => PREFIX + form.dataset.keep;
const written = (form) => fields(form).some((field) => field.matches("textarea, input[name=title]") && field.value.trim());

function keep(form) {
  if (!written(form)) return sessionStorage.removeItem(slot(form));
  const values = fields(form).map((field) => [field.name, field.value, field.checked ?? false]);
  sessionStorage.setItem(slot(form), JSON.stringify(values));
}

function restore(form) {
  const values = JSON.parse(sessionStorage.getItem(slot(form)) ?? "[]");
  for (const field of fields(form)) {
    const kept = values.find(([name, value]) => name === field.name && (field.type !== "radio" || value === field.value));
    if (!kept) continue;
    // Among choices that are others now, what was not chosen says nothing.
    if (field.type === "radio") field.checked ||= kept[2];
    else if (field.type === "checkbox") field.checked = kept[2];
    else field.value = kept[1];
  }
}

export function releaseSlot(name) {
  sessionStorage.removeItem(PREFIX + name);
}

export function release(form) {
  releaseSlot(form.dataset.keep);
}

// A plain form was sent by the page before: what it kept goes, unless this page says that it was refused.
function settle() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && !document.querySelector(".problem, .error-code")) sessionStorage.removeItem(sent);
}

export function restoreTyped(root = document) {
  root.querySelectorAll("form[data-keep]").forEach(restore);
}

// Searches, advice and previews follow what one types: what was typed, or kept, before anybody listened is heard late.
function hearEarlier() {
  for (const field of document.querySelectorAll("input[type=search], form[data-submission] [name=title], textarea[hx-post]"))
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function startTyped() {
  settle();
  restoreTyped();
  // After everybody else here has begun to listen, htmx among them.
  if (document.readyState === "complete") setTimeout(hearEarlier);
  else addEventListener("load", hearEarlier);
  for (const happening of ["input", "change"])
    document.addEventListener(happening, (event) => {
      const form = event.target.closest?.("form[data-keep]");
      if (form) keep(form);
    });
  let leavingByForm = false;
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leavingByForm = true;
    if (event.target.matches("form[data-keep]")) sessionStorage.setItem(SENT, slot(event.target));
  });
  // Where one comes back to what was typed, nothing is lost by going.
  document.addEventListener("click", (event) => event.target.closest?.("[data-keeps] a[href]") && (leavingByForm = true));
  addEventListener("pageshow", () => (leavingByForm = false));
  addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll("form[data-keep]")].filter((form) => !form.dataset.kept);
    if (leavingByForm || !open.some(written)) return;
    event.preventDefault();
    event.returnValue = say("unsent");
  });
}
