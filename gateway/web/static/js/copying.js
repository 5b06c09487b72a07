// Copying what stands beside the button.
import { say } from "./words.js";

export function startCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.parentElement.querySelector("[data-copied]").textContent);
    button.textContent = say("copied");
  });
}
