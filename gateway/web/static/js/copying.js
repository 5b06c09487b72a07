// Copying by a button.
import { say } from "./words.js";

// When the clipboard is to be emptied of a password: no more, once something else is in it.
export const DUE = "clipboard-emptied-at";

export async function copy(text) {
  await navigator.clipboard.writeText(text);
  localStorage.removeItem(DUE);
}

// What stands beside the button.
export function startCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    await copy(button.parentElement.querySelector("[data-copied]").textContent);
    button.textContent = say("copied");
  });
}
