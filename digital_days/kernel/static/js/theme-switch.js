// The button that changes the theme exists only where scripts do.
export function setUpThemeSwitch() {
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    show(button);
    button.addEventListener("click", () => {
      window.theme.choose(!window.theme.isDark());
      show(button);
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(button));
  }
}

function show(button) {
  button.setAttribute("aria-pressed", String(window.theme.isDark()));
}
