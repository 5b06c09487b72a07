// A plain form shows that it works, and is not sent twice by an impatient second click.
export function startBusy() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-busy]") || event.defaultPrevented) return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sending]")) delete form.dataset.sending;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
}
