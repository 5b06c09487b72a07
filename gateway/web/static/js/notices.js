// Short messages at the foot of the page, read out by screen readers.
export function notice(text, kind = "plain") {
  const place = document.querySelector("[data-notices]");
  for (const shown of place.children) if (shown.textContent === text) shown.remove();
  const line = document.createElement("p");
  line.className = "notice";
  line.dataset.kind = kind;
  line.textContent = text;
  place.append(line);
  setTimeout(() => line.remove(), kind === "bad" ? 10_000 : 4_000);
}
