// Writing on a ticket: the two kinds told apart, sent by Ctrl+Enter, emptied only when the server has it.
import { dropDraft } from "./drafts.js";
import { notice } from "./notices.js";
import { release } from "./typed.js";
import { say } from "./words.js";

function dress(form) {
  const kind = form.elements.kind.value;
  form.elements.text.placeholder = form.elements.text.dataset[kind];
  form.querySelector("[data-send]").textContent = say(kind);
  form.elements.text.required = !Number(form.elements.minutes.value) && !form.querySelector("[name=file]");
}

function empty(form, fresh) {
  release(form);
  const kind = form.elements.kind.value;
  form.reset();
  form.elements.kind.value = kind;
  for (const name of ["text", "minutes", "then"]) form.elements[name].value = "";
  form.elements.additional.checked = false;
  form.querySelector("[data-attached]").replaceChildren();
  if (fresh) form.elements.key.value = fresh;
  dress(form);
}

let sent = "";

// What was typed while the answer was on its way has not been sent.
function typedSince(form) {
  const text = form.elements.text.value;
  return text.startsWith(sent) ? text.slice(sent.length).trimStart() : text;
}

function answered(event) {
  const { elt, successful, xhr } = event.detail;
  if (elt.id === "composer" && successful) {
    const further = typedSince(elt);
    empty(elt, xhr.getResponseHeader("X-Fresh-Key"));
    dropDraft(elt);
    if (further) {
      elt.elements.text.value = further;
      elt.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    document.querySelector("#pane .entry:last-child")?.scrollIntoView({ block: "nearest" });
  }
  // A conflict or a refusal is told on the ticket itself.
  if (successful || [409, 422].includes(xhr.status)) return;
  notice(say(xhr.status === 401 ? "expired" : "failed"), "bad");
}

export function dressComposer() {
  const form = document.getElementById("composer");
  if (form) dress(form);
  document.dispatchEvent(new CustomEvent("composer:shown"));
}

export function startComposer() {
  dressComposer();
  for (const happening of ["change", "input"])
    document.addEventListener(happening, (event) => {
      const form = event.target.closest?.("#composer");
      if (form) dress(form);
    });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches?.("textarea"))
      event.target.form.requestSubmit(event.target.form.querySelector("[type=submit]"));
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.id === "composer") sent = detail.elt.elements.text.value;
  });
  document.addEventListener("htmx:afterRequest", answered);
  document.addEventListener("htmx:sendError", () => notice(say("failed"), "bad"));
  // A conflict or a refusal comes with the ticket as it is now: it is shown, and the text stays.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
  });
}
