// Articles that fit a ticket: one click puts the steps into the answer; that it was of use goes to the server.
function insert(form) {
  const composer = document.getElementById("composer");
  if (!composer) return;
  const field = composer.elements.text;
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n\n" : "";
  composer.elements.kind.value = "answer";
  field.setRangeText(gap + form.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

export function startFitting() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches("form[data-insert]")) insert(event.detail.elt);
  });
}
