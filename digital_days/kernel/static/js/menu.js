// The menu is a <details>; with scripts it also closes on Escape and gives the focus back to its button.
export function setUpMenu() {
  const menu = document.querySelector("details.menu");
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
