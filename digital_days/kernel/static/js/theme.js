// Loaded before the first paint: a stored choice only changes which screens the dark tokens are for.
// The choice stays in this browser; without one the system decides.
(() => {
  const link = document.querySelector("link[data-dark]");
  const system = link.media;
  const media = { dark: "screen", light: "not all" };

  window.theme = {
    isDark: () => window.matchMedia(link.media).matches,
    choose(dark) {
      const wanted = dark ? "dark" : "light";
      const same = window.matchMedia("(prefers-color-scheme: dark)").matches === dark;
      remember(same ? null : wanted);
      link.media = same ? system : media[wanted];
    },
  };

  const stored = recall();
  if (stored in media) link.media = media[stored];

  function recall() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage may be closed to us: then the system decides
    }
  }

  function remember(choice) {
    try {
      if (choice) localStorage.setItem("theme", choice);
      else localStorage.removeItem("theme");
    } catch {
      // the choice then lasts as long as the page
    }
  }
})();
