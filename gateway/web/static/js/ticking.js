// A checklist of an article is ticked off while one works through it; the tab keeps what was ticked.
const BOX = /^([☐☑]) /;
const BLOCKS = "ul, ol, p, pre, table, blockquote";

function kept(key) {
  return JSON.parse(sessionStorage.getItem(key) ?? "{}");
}

// A line that was changed meanwhile is another one, and not ticked.
function dress(item, at, key) {
  const line = item.querySelector(":scope > p:first-child") ?? item;
  const said = line.firstChild;
  const sign = BOX.exec(said?.nodeValue ?? "");
  if (!sign) return;
  const name = `${at} ${line.textContent}`;
  said.nodeValue = said.nodeValue.slice(sign[0].length);
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.checked = kept(key)[name] ?? sign[1] === "☑";
  box.addEventListener("change", () => sessionStorage.setItem(key, JSON.stringify({ ...kept(key), [name]: box.checked })));
  const below = [...line.childNodes].find((node) => node.matches?.(BLOCKS));
  const label = document.createElement("label");
  line.insertBefore(label, below ?? null);
  while (label.previousSibling) label.prepend(label.previousSibling);
  label.prepend(box);
}

export function startTicking() {
  const key = `ticked ${location.pathname}`;
  document.querySelectorAll("[data-article] .faq-body li.box").forEach((item, at) => dress(item, at, key));
}
