// Through the rows of a table by keyboard, as in the list of tickets; the same keys on a Russian layout.
const STEPS = { j: 1, k: -1, о: 1, л: -1 };

export function startMoving() {
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const rows = [...document.querySelectorAll(".grid tbody tr")].map((row) => row.querySelector(".g-main a"));
    const links = rows.filter(Boolean);
    if (!links.length) return;
    const here = links.indexOf(document.activeElement.closest("tr")?.querySelector(".g-main a"));
    const next = links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)];
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.closest("tr").scrollIntoView({ block: "nearest" });
  });
}
