// Values edited in place: Enter saves, Esc leaves, what was refused stays in its field.
import { notice } from "./notices.js";
import { say } from "./words.js";

const KEPT = [403, 404, 409, 422, 429, 503];
const forms = () => [...document.querySelectorAll("form[data-edit]")];
const changed = (form) => form.elements.value.value !== form.elements.before.value;

// Where a value was, a value is again: the keyboard goes on from it.
function focusValue(address) {
  document.querySelector(`[data-value="${CSS.escape(address)}"] a`)?.focus({ preventScroll: true });
}

export function startEditing() {
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form[data-edit], form[data-why]");
    if (!form) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      form.querySelector("[data-cancel]").click();
    }
    if (event.key === "Enter" && event.target.matches("textarea") && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.matches(".value, .secret, [data-totp]") && KEPT.includes(detail.xhr.status)) detail.shouldSwap = true;
  });
  // Only what htmx has settled answers to Enter by a request.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const address = detail.pathInfo?.requestPath.split("?")[0];
    const form = forms().find((one) => one.getAttribute("action") === address);
    const field = form?.elements.value;
    if (!form) return focusValue(address ?? "");
    field.focus();
    if (field.matches("input")) field.select?.();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful || KEPT.includes(detail.xhr.status)) return;
    notice(say(detail.xhr.status === 401 ? "expired" : "failed"), "bad");
  });
  addEventListener("beforeunload", (event) => {
    if (!forms().some(changed)) return;
    event.preventDefault();
    event.returnValue = say("unsent");
  });
}
