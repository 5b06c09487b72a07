// Pictures for an article: pasted, dropped or chosen in the editor, kept at once, and named where the caret is.
import { notice } from "./notices.js";
import { say } from "./words.js";

const ADDRESS = "/api/v1/articles/pictures";
const LARGEST = 10 * 1024 * 1024;
let sent = 0;

const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// Where the mark has been moved or typed over meanwhile, nothing else of the text is touched.
function put(field, mark, text) {
  const at = field.value.indexOf(mark);
  if (at < 0) return;
  field.setRangeText(text, at, at + mark.length, "preserve");
  changed(field);
}

function hold(field) {
  sent += 1;
  const mark = `![${say("keeping_picture", { n: sent })}]()`;
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n" : "";
  field.setRangeText(`${gap}${mark}\n`, field.selectionStart, field.selectionEnd, "end");
  changed(field);
  return mark;
}

async function keep(field, file) {
  if (file.size > LARGEST) return notice(`${file.name}: ${say("too_large")}`, "bad");
  const mark = hold(field);
  const body = new FormData();
  body.append("picture", file, file.name);
  try {
    const answer = await fetch(ADDRESS, { method: "POST", body, headers: { "X-CSRF-Token": field.form.elements.csrf_token.value } });
    if (!answer.ok) throw new Error(say(answer.status === 422 ? "no_picture" : answer.status === 413 ? "too_large" : "failed"));
    put(field, mark, (await answer.json()).markdown);
  } catch (error) {
    put(field, mark, "");
    notice(`${file.name}: ${error instanceof TypeError ? say("failed") : error.message}`, "bad");
  }
}

const pictures = (files) => [...files].filter((file) => file.type.startsWith("image/"));

function takeDropped(field, files) {
  const found = pictures(files);
  if (files.length && !found.length) notice(`${files[0].name}: ${say("no_picture")}`, "bad");
  found.forEach((file) => keep(field, file));
}

export function startPicturing() {
  const field = document.querySelector("textarea[data-pictured]");
  if (!field) return;
  field.addEventListener("paste", (event) => {
    // A spreadsheet gives its cells as text and as a picture: the text was meant.
    const files = event.clipboardData.types.includes("text/plain") ? [] : pictures(event.clipboardData.files);
    if (!files.length) return;
    event.preventDefault();
    files.forEach((file) => keep(field, file));
  });
  // Anywhere on the page: a browser would leave it, and what was typed, to show a file that fell beside the field.
  for (const happening of ["dragover", "dragleave", "drop"])
    document.addEventListener(happening, (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      field.classList.toggle("over", happening === "dragover" || (happening === "dragleave" && event.relatedTarget !== null));
      if (happening === "drop") takeDropped(field, event.dataTransfer.files);
    });
  const chosen = document.querySelector("[data-picture-file]");
  chosen?.addEventListener("change", () => {
    pictures(chosen.files).forEach((file) => keep(field, file));
    chosen.value = "";
    field.focus();
  });
}
