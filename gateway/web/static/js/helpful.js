// While an employee types: articles that may help at once.
const PAUSE = 400;
const SHORTEST = 4;

export function startHelpful() {
  const place = document.querySelector("[data-helpful]");
  const form = place?.closest("form");
  if (!form) return;
  let waiting, asked;
  const ask = async () => {
    if (form.elements.title.value.trim().length < SHORTEST) return place.replaceChildren();
    asked?.abort();
    asked = new AbortController();
    const typed = new FormData();
    for (const name of ["title", "description"]) typed.set(name, form.elements[name].value);
    try {
      const answer = await fetch("/portal/suggestions", { method: "POST", body: typed, signal: asked.signal, headers: { "HX-Request": "true" } });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // Whoever types on asks again; without an answer there is simply no advice.
    }
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[name=title], [name=description]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
