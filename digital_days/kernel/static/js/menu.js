// Menus are <details>; with scripts they also close on Escape, which gives the focus back to their button,
// and one's own closes when somebody goes on elsewhere.
export function setUpMenu() {
  for (const menu of document.querySelectorAll("details.menu, details.account")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  const account = document.querySelector("details.account");
  document.addEventListener("click", (event) => {
    if (account && !account.contains(event.target)) account.open = false;
  });
}
