// How full each view is: asked for once after something happened, however much that was, and never often.
const ADDRESS = "/api/v1/views/counts";
const AFTER = 800;
const PAUSE = 5000;
let known = new Map();
let waiting;
let asked = 0;

export function showCounts() {
  for (const place of document.querySelectorAll("[data-count]")) {
    const shown = known.get(place.dataset.count) ?? "";
    if (place.textContent !== shown) place.textContent = shown;
  }
}

async function ask() {
  waiting = undefined;
  asked = Date.now();
  const answer = await fetch(ADDRESS).catch(() => null);
  if (!answer?.ok) return;
  const { items } = await answer.json();
  known = new Map(items.map(({ id, count, more }) => [id, count === null ? "" : `${count}${more ? "+" : ""}`]));
  showCounts();
}

// Nobody counts for a page nobody looks at; it catches up when it is looked at again.
export function countAgain() {
  if (waiting || document.hidden || !document.querySelector("[data-count]")) return;
  waiting = setTimeout(ask, Math.max(AFTER, asked + PAUSE - Date.now()));
}

export function startCounts() {
  if (document.querySelector("[data-count]")) ask();
  document.addEventListener("list:changed", () => {
    showCounts();
    countAgain();
  });
  document.addEventListener("visibilitychange", countAgain);
}
