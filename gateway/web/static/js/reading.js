// An article as it is read: commands are copied by a click, pictures open large.
import { copy } from "./copying.js";
import { startPictures } from "./pictures.js";
import { startTicking } from "./ticking.js";
import { say } from "./words.js";

function addCopying(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small quiet faq-copy";
  button.textContent = say("copy");
  button.addEventListener("click", async () => {
    await copy(block.querySelector("code").textContent);
    button.textContent = say("copied");
    setTimeout(() => (button.textContent = say("copy")), 2000);
  });
  const frame = document.createElement("div");
  frame.className = "faq-code";
  block.replaceWith(frame);
  frame.append(block, button);
}

// Whoever wrote the article says nothing about how its pictures open: that is said here, when one is asked for.
function prepare(event) {
  const link = event.target.closest?.(".faq-body a:has(> img)");
  if (!link) return;
  const article = link.closest(".faq-body");
  article.dataset.pictures = "";
  for (const one of article.querySelectorAll("a:has(> img)")) {
    Object.assign(one.dataset, { picture: "", name: one.querySelector("img").alt, original: one.href });
  }
}

export function startReading() {
  document.querySelectorAll("[data-article] pre").forEach(addCopying);
  startTicking();
  if (!document.getElementById("viewer")) return;
  document.addEventListener("click", prepare, true);
  startPictures();
}
