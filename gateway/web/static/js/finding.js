// Search as one types: the address follows it, so that it can be sent and come back to; «/» goes there.
export function startFinding() {
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.elt.matches("form[data-search]") || !detail.successful) return;
    const asked = [...new FormData(detail.elt)].filter(([, value]) => value);
    const path = detail.elt.getAttribute("action");
    history.replaceState(null, "", asked.length ? `${path}?${new URLSearchParams(asked)}` : path);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    const slash = event.key === "/" || (event.code === "Slash" && !event.shiftKey);
    if (!slash || event.ctrlKey || event.metaKey || typing) return;
    const search = document.querySelector("form[data-search] input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.select();
  });
}
