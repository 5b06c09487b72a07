// Brings an open ticket up to date part by part; what somebody is typing in or choosing from is left alone.
import { keepSelected } from "./selected.js";
import { showTimes } from "./times.js";

export const current = () => document.getElementById("ticket");

function reconcile(list, incoming) {
  const fresh = [];
  const wanted = [...incoming.children];
  wanted.forEach((line, place) => {
    const known = document.getElementById(line.id);
    const stays = known && known.dataset.mark === line.dataset.mark;
    const shown = stays ? known : line;
    if (!stays) fresh.push(line);
    if (known && !stays) known.replaceWith(line);
    else if (list.children[place] !== shown) list.insertBefore(shown, list.children[place] ?? null);
    if (!known) line.classList.add("arrived");
  });
  while (list.children.length > wanted.length) list.lastElementChild.remove();
  return fresh;
}

const inUse = (part, own) =>
  part.querySelector("[data-retitle-field]:not([hidden]), [data-revealed]") ||
  (!own && part.contains(document.activeElement) && document.activeElement.matches("select, input"));

// A part left alone still learns the new version, unless the very field being chosen has changed.
function learnVersion(part, incoming) {
  part.querySelectorAll("form").forEach((form, n) => {
    const other = incoming.querySelectorAll("form")[n];
    const chosen = (of) => of?.querySelector("select option[selected]")?.value ?? of?.querySelector("[name=title], [name=category]")?.defaultValue;
    if (other?.elements.version && form.elements.version && chosen(form) === chosen(other)) form.elements.version.value = other.elements.version.value;
  });
}

function replace(part, incoming) {
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  // What somebody has unfolded stays so.
  part.querySelectorAll("details[id][open]").forEach(({ id }) => incoming.querySelector(`#${id}`)?.setAttribute("open", ""));
  keepSelected(part, () => part.replaceChildren(...incoming.childNodes));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return [part];
}

// Other articles fit another title, category or piece of equipment.
function askWhatFits(ticket, incoming) {
  const [shown, other] = [ticket, incoming].map((one) => one.querySelector("[data-fits]"));
  if (!shown || !other || shown.dataset.fits === other.dataset.fits) return;
  shown.dataset.fits = other.dataset.fits;
  htmx.trigger(shown, "fits");
}

export function takeParts(incoming, own = false) {
  const ticket = current();
  if (!ticket || ticket.dataset.number !== incoming.dataset.number) return [];
  if (Number(incoming.dataset.version) < Number(ticket.dataset.version)) return [];
  ticket.dataset.version = incoming.dataset.version;
  const changed = [];
  for (const part of ticket.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    const other = incoming.querySelector(`[data-part="${name}"]`);
    if (!other || (name === "problem" && !own)) continue;
    if (name === "log") changed.push(...reconcile(part, other));
    else if (part.toggleAttribute("data-stale", Boolean(inUse(part, own)))) learnVersion(part, other);
    else changed.push(...replace(part, other));
  }
  askWhatFits(ticket, incoming);
  const composer = incoming.querySelector("#composer");
  if (composer) document.getElementById("composer").elements.version.value = composer.elements.version.value;
  showTimes(ticket);
  return changed;
}

// What had to be left alone is brought up to date as soon as it is left, unless its own answer is on the way.
function catchUpPart({ target }) {
  const part = target.closest?.("[data-stale]");
  if (part) setTimeout(() => part.isConnected && !part.querySelector(".htmx-request") && !inUse(part) && refreshTicket());
}

export function startParts() {
  document.addEventListener("focusout", catchUpPart);
  htmx.defineExtension("parts", {
    isInlineSwap: (style) => style === "parts",
    handleSwap: (style, target, fragment) => {
      if (style !== "parts") return false;
      const incoming = fragment.querySelector("#ticket");
      return incoming ? takeParts(incoming, true) : [];
    },
  });
}

export async function refreshTicket() {
  const number = current()?.dataset.number;
  if (!number) return;
  const answer = await fetch(`/tickets/${number}`, { headers: { "HX-Request": "true", "HX-Target": "ticket" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const incoming = page.getElementById("ticket");
  if (incoming) for (const part of takeParts(incoming)) htmx.process(part);
}
