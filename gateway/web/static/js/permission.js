// The browser is asked for its permission on a click, never by itself.
import "./call.js";

const button = document.querySelector("[data-permit]");

function show() {
  const state = globalThis.Notification?.permission ?? "denied";
  if (button) button.hidden = state !== "default";
  for (const line of document.querySelectorAll("[data-permission]")) line.hidden = line.dataset.permission !== state;
}

button?.addEventListener("click", async () => {
  await Notification.requestPermission();
  show();
});
show();
