// An entry of the log is put right where it stands; Escape leaves it as it is.
function stop(form) {
  const entry = form.closest(".entry");
  if (!entry) return false;
  form.remove();
  entry.querySelector("[data-correct]")?.focus();
  return true;
}

export function startCorrecting() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-correction-stop]");
    if (button && stop(button.closest("[data-correction]"))) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Escape" && event.target.closest?.("[data-correction]");
    if (form) stop(form);
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const form = target.closest?.(".entry")?.querySelector("[data-correction]");
    form?.elements.text.focus();
  });
  // What is said once more as it was changes nothing: its form would stay open for ever.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && detail.elt.matches?.("[data-correction]") && detail.elt.isConnected) stop(detail.elt);
  });
}
