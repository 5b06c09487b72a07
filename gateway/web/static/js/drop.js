// Pictures for a submission: chosen, dropped or pasted; each is shown before it is sent and can be taken out.
import { notice } from "./notices.js";
import { say } from "./words.js";

const LARGEST = 20 * 1024 * 1024;

function put(input, files) {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
}

async function preview(file) {
  const canvas = document.createElement("canvas");
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 448 / picture.width);
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", file.name);
  return canvas;
}

async function line(input, file, shown) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "link";
  remove.textContent = say("removed");
  remove.onclick = () => {
    put(input, [...input.files].filter((other) => other !== file));
    shown();
  };
  item.append(await preview(file).catch(() => ""), name, remove);
  return item;
}

function add(input, files) {
  const small = files.filter((file) => file.size <= LARGEST);
  if (small.length < files.length) notice(say("too_large"), "bad");
  put(input, [...input.files, ...small]);
}

const isPicture = (file) => /^image\/(png|jpeg|webp)$/.test(file.type);

// What takes the files that come to a zone, from wherever.
const taking = new WeakMap();

// A zone has one input, for pictures, or two: what can be shown goes into one, the rest into the other.
function dress(zone) {
  const shots = zone.querySelector("[data-drop-pictures]");
  const input = zone.querySelector("input[type=file]:not([data-drop-pictures])");
  const list = zone.querySelector("[data-drop-list]");
  const lines = (one) => [...one.files].map((file) => line(one, file, show));
  const show = async () => list.replaceChildren(...(await Promise.all([shots, input].filter(Boolean).flatMap(lines))));
  const takes = (files) => [...files].filter((file) => isPicture(file) || input.matches("[data-drop-any]"));
  const take = (files) => {
    add(shots ?? input, files.filter((file) => isPicture(file)));
    if (input.matches("[data-drop-any]")) add(input, files.filter((file) => !isPicture(file)));
    return show();
  };
  input.addEventListener("change", () => {
    if (!shots) return show();
    const files = [...input.files];
    put(input, []);
    return take(files);
  });
  taking.set(zone, (files) => take(takes(files)));
  for (const happening of ["dragover", "dragleave", "drop"])
    zone.addEventListener(happening, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", happening === "dragover");
      if (happening === "drop") take(takes(event.dataTransfer.files));
    });
}

function pasted(event) {
  const zone = event.target.closest?.("form")?.querySelector("[data-drop]") ?? document.querySelector("[data-drop]");
  if (!zone || !event.clipboardData.files.length) return;
  event.preventDefault();
  taking.get(zone)(event.clipboardData.files);
}

// Again for the zones that have come meanwhile.
export function startDrop() {
  for (const zone of document.querySelectorAll("[data-drop]")) if (!taking.has(zone)) dress(zone);
  document.addEventListener("paste", pasted);
}
