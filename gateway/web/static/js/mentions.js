// @ and a few letters in the composer: a colleague is named, and told of it by a mark in the bar.
const TYPED = /(^|\s)@([\p{L}-]*)$/u;
const composer = () => document.getElementById("composer");
const place = () => composer()?.querySelector("[data-mentions]");

// The colleagues that a ticket can be given to are in the page already; who is away says so behind the name.
function colleagues() {
  const options = document.querySelectorAll("#property-assignee option");
  return [...options].filter((one) => one.value).map((one) => {
    const shown = one.textContent.trim();
    return { id: one.value, name: shown.split(" · ")[0], shown };
  });
}

function typed(field) {
  return field.value.slice(0, field.selectionStart).match(TYPED)?.[2];
}

function close() {
  if (place()) place().hidden = true;
}

function offer(field) {
  const begun = typed(field)?.toLowerCase();
  if (begun === undefined) return close();
  const fitting = colleagues().filter(({ name }) => name.toLowerCase().split(/[\s.]+/).some((word) => word.startsWith(begun)));
  place().replaceChildren(
    ...fitting.slice(0, 7).map(({ id, name, shown }, index) => {
      const choice = document.createElement("button");
      Object.assign(choice, { type: "button", className: "mention", textContent: shown });
      choice.setAttribute("role", "option");
      choice.setAttribute("aria-selected", String(index === 0));
      choice.dataset.mention = id;
      choice.dataset.name = name;
      return choice;
    }),
  );
  place().hidden = !fitting.length;
}

function choose(choice) {
  const field = composer().elements.text;
  const begun = typed(field) ?? "";
  field.focus();
  field.setSelectionRange(field.selectionStart - begun.length, field.selectionStart);
  document.execCommand("insertText", false, `${choice.dataset.name} `);
  name(choice.dataset.mention, choice.dataset.name);
  close();
}

function name(id, said) {
  const named = Object.assign(document.createElement("input"), { type: "hidden", name: "mention", value: id });
  named.dataset.name = said;
  composer().append(named);
}

function step(by) {
  const all = [...place().children];
  const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = all[(at + by + all.length) % all.length];
  for (const one of all) one.setAttribute("aria-selected", String(one === next));
}

function press(event) {
  if (!event.target.matches?.("#composer textarea") || place().hidden) return;
  const acts = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => choose(place().querySelector("[aria-selected=true]")),
    Tab: () => choose(place().querySelector("[aria-selected=true]")),
    Escape: close,
  };
  if (!acts[event.key] || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
}

// The text says who is named: whoever was deleted from it is not told, whoever a draft brought back is.
function follow() {
  const form = composer();
  if (!form) return;
  const known = new Set();
  for (const named of form.querySelectorAll("[name=mention]"))
    if (form.elements.text.value.includes(`@${named.dataset.name}`)) known.add(named.dataset.name);
    else named.remove();
  for (const one of colleagues())
    if (!known.has(one.name) && form.elements.text.value.includes(`@${one.name}`)) name(one.id, one.name);
}

export function startMentions() {
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("#composer textarea")) return;
    offer(event.target);
    follow();
  });
  // A draft comes with the page, or from another window.
  follow();
  document.addEventListener("change", (event) => event.target.matches?.("#composer textarea") && follow());
  document.addEventListener("composer:shown", follow);
  document.addEventListener("keydown", press, true);
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-mention]");
    if (choice) choose(choice);
    else close();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt.id !== "composer" || !detail.successful) return;
    for (const named of detail.elt.querySelectorAll("[name=mention]")) named.remove();
  });
}
