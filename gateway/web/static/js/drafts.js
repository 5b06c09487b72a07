// What is typed on a ticket is kept on the server as one types; two windows never overwrite each other silently.
import { notice } from "./notices.js";
import { release } from "./typed.js";

const PAUSE = 600;
let waiting;
// One call after the other, so that each knows the version of the one before.
let last = Promise.resolve();

const composer = () => document.getElementById("composer");
const other = (form) => form.querySelector("[data-draft-other]");
const minutes = (form) => Math.min(Number(form.elements.minutes.value) || 0, 1440) || null;
const base = (form) => `draft:${form.dataset.draft}`;

function content(form) {
  const { text, kind, additional } = form.elements;
  return { text: text.value, public: kind.value !== "note", minutes: minutes(form), additional: additional.checked };
}

function call(form, method, body, version) {
  const headers = { "X-CSRF-Token": form.elements.csrf_token.value, "Content-Type": "application/json" };
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  return fetch(form.dataset.draft, { method, headers, body: body && JSON.stringify(body), keepalive: true });
}

function know(form, version) {
  form.dataset.draftVersion = version;
  sessionStorage.setItem(base(form), version);
}

function keep(form, isMine = false) {
  clearTimeout(waiting);
  last = last.then(() => keepNow(form, isMine));
}

async function keepNow(form, isMine) {
  if (!isMine && !other(form).hidden) return;
  const said = JSON.stringify(content(form));
  try {
    const answer = await call(form, "PUT", JSON.parse(said), isMine ? undefined : form.dataset.draftVersion);
    if (answer.status === 409) other(form).hidden = false;
    if (!answer.ok) return;
    know(form, (await answer.json()).version);
    other(form).hidden = true;
    if (said === JSON.stringify(content(form))) form.dataset.kept = "yes";
  } catch {
    // No network: this tab keeps it, and the next key tries again.
  }
}

export function fillComposer(form, draft) {
  form.elements.text.value = draft.text;
  form.elements.kind.value = draft.public ? "answer" : "note";
  form.elements.minutes.value = draft.minutes ?? "";
  form.elements.additional.checked = draft.additional;
  know(form, draft.version);
  form.elements.text.dispatchEvent(new Event("change", { bubbles: true }));
}

export async function takeDraft(form) {
  const answer = await call(form, "GET");
  if (!answer.ok) return notice(answer.statusText, "bad");
  release(form);
  fillComposer(form, await answer.json());
  other(form).hidden = true;
  clearTimeout(waiting);
  form.dataset.kept = "yes";
}

async function emptyNow(form) {
  try {
    const emptied = await call(form, "PUT", { public: content(form).public }, form.dataset.draftVersion);
    const answer = emptied.ok ? emptied : await call(form, "GET");
    if (answer.ok) know(form, (await answer.json()).version);
  } catch {
    // The next key finds out.
  }
}

// Sent: what this window had kept goes; what another one wrote since stays there.
export function dropDraft(form) {
  clearTimeout(waiting);
  other(form).hidden = true;
  last = last.then(() => emptyNow(form));
}

// This tab kept something of its own, written on an older version than the server has by now.
function compare(form) {
  const known = sessionStorage.getItem(base(form));
  const served = form.dataset.draftVersion;
  const differs = form.elements.text.value !== form.elements.text.defaultValue;
  if (differs && known !== null && known !== served) other(form).hidden = false;
  else if (differs) keep(form);
  else know(form, served);
}

export function startDrafts() {
  for (const happening of ["input", "change"])
    document.addEventListener(happening, (event) => {
      const form = event.target.closest?.("#composer");
      if (!form || !event.isTrusted) return;
      delete form.dataset.kept;
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form), PAUSE);
    });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-draft-take]")) takeDraft(composer());
    if (event.target.closest("[data-draft-mine]")) keep(composer(), true);
  });
  document.addEventListener("composer:shown", () => {
    const form = composer();
    if (!form || form.dataset.compared) return;
    form.dataset.compared = "yes";
    compare(form);
  });
}
