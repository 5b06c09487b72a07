// Entries of the ticket become steps of the article, one by one: each goes after the last step there is.
const STEP = /^(\d+)\.[ \t]*(.*(?:\n {3}.*)*)$/gm;

function take(field, step) {
  const last = [...field.value.matchAll(STEP)].at(-1);
  const isEmpty = last && !last[2].trim();
  const at = last ? last.index + (isEmpty ? 0 : last[0].length) : field.value.trimEnd().length;
  const number = last ? Number(last[1]) + (isEmpty ? 0 : 1) : 1;
  const gap = at && !isEmpty ? "\n\n" : "";
  field.setRangeText(`${gap}${number}. ${step}`, at, isEmpty ? at + last[0].length : at, "end");
}

function takeFrom(field, buttons) {
  for (const button of buttons) {
    take(field, button.dataset.step);
    button.textContent = button.dataset.taken;
    button.disabled = true;
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function startMaterial() {
  const material = document.querySelector(".faq-material");
  const field = document.getElementById("body");
  if (!material || !field) return;
  material.addEventListener("click", ({ target }) => {
    if (target.matches("[data-step]")) takeFrom(field, [target]);
    if (target.matches("[data-all-steps]")) {
      takeFrom(field, material.querySelectorAll("[data-step]:enabled"));
      target.disabled = true;
    }
  });
}
