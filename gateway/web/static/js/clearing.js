// A copied password leaves the clipboard after half a minute, on whichever page of ours one is by then.
import { DUE } from "./copying.js";
import { notice } from "./notices.js";
import { say } from "./words.js";

const SECONDS = 30;

function remember() {
  localStorage.setItem(DUE, String(Date.now() + SECONDS * 1000));
  notice(say("copied_for_a_while"));
}

export async function copyForAWhile(text) {
  await navigator.clipboard.writeText(text);
  remember();
}

// Only the page one looks at may write the clipboard, in some browsers only just after one did something on it:
// so it is tried until it works.
async function emptyWhenDue() {
  const due = Number(localStorage.getItem(DUE));
  if (!due || Date.now() < due || !document.hasFocus()) return;
  const emptied = await navigator.clipboard.writeText("").then(() => true, () => false);
  if (!emptied) return;
  localStorage.removeItem(DUE);
  notice(say("cleared"));
}

// Browsers tell of a copy where nothing is chosen, too; in some, what is chosen in a field is no selection of the page.
function isAnythingChosen() {
  const { selectionStart, selectionEnd } = document.activeElement;
  return String(getSelection()) !== "" || selectionStart !== selectionEnd;
}

// What is copied by hand: a password out of its line, or something else in its place, which is left alone.
function copied() {
  if (!isAnythingChosen()) return;
  const secrets = [...document.querySelectorAll("[data-secret]")];
  if (secrets.some((place) => getSelection().containsNode(place, true))) remember();
  else localStorage.removeItem(DUE);
}

setInterval(emptyWhenDue, 1000);
document.addEventListener("copy", copied);
