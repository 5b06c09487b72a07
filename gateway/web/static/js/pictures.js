// Pictures open large: fitted or 1:1, one after another, by pointer and by keys.
import { say } from "./words.js";

let all = [];
let at = 0;
const dialog = () => document.getElementById("viewer");
const find = (name) => dialog().querySelector(`[data-viewer-${name}]`);

function zoom(full) {
  find("stage").classList.toggle("full", full);
  find("zoom").setAttribute("aria-pressed", String(full));
}

function show(n) {
  at = (n + all.length) % all.length;
  const link = all[at];
  const picture = find("picture");
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  find("name").textContent = link.dataset.name;
  find("place").textContent = all.length > 1 ? say("picture", { n: at + 1, total: all.length }) : "";
  find("original").href = link.dataset.original;
  for (const step of dialog().querySelectorAll("[data-viewer-step]")) step.hidden = all.length < 2;
  zoom(false);
}

function clickInside(event) {
  const step = event.target.closest("[data-viewer-step]");
  if (step) show(at + Number(step.dataset.viewerStep));
  else if (event.target.closest("[data-viewer-close]") || event.target === find("stage")) dialog().close();
  else if (event.target.closest("[data-viewer-zoom], [data-viewer-picture]")) toggle(event);
}

// 1:1 keeps the point under the pointer in view.
function toggle(event) {
  const [stage, picture] = [find("stage"), find("picture")];
  const box = picture.getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  zoom(!stage.classList.contains("full"));
  if (event.target === picture) stage.scrollTo(x * picture.width - stage.clientWidth / 2, y * picture.height - stage.clientHeight / 2);
}

export function startPictures() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-picture]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    all = [...link.closest("[data-pictures]").querySelectorAll("[data-picture]")];
    show(all.indexOf(link));
    dialog().showModal();
  });
  dialog().addEventListener("click", clickInside);
  dialog().addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && !find("stage").classList.contains("full")) show(at + 1);
    if (event.key === "ArrowLeft" && !find("stage").classList.contains("full")) show(at - 1);
    if (event.key === "z" || event.key === "я" || event.key === "1") zoom(!find("stage").classList.contains("full"));
  });
}
