// Menus made of <details>: one open at a time, closed by Escape or a click elsewhere.
export function startMenus() {
  document.addEventListener("toggle", (event) => event.target.open && event.target.querySelector("input[type=search]")?.focus(), true);
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
