// The title is changed where it stands.
function edit(form, on) {
  form.querySelector("[data-retitle-field]").hidden = !on;
  form.querySelector("h1").hidden = on;
  form.querySelector("[data-retitle-start]").hidden = on;
  if (on) form.elements.title.select();
  else form.querySelector("[data-retitle-start]").focus();
}

export function startRetitle() {
  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("[data-retitle]");
    if (form && event.target.closest("[data-retitle-start]")) edit(form, true);
    if (form && event.target.closest("[data-retitle-stop]")) edit(form, false);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Escape" && event.target.closest?.("[data-retitle]");
    if (form && event.target.matches("input")) edit(form, false);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (form.matches("[data-retitle]")) edit(form, false);
  });
}
