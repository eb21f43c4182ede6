// What changed without a new page is said aloud: the text of [data-announce] inside the swapped part.
export function setUpAnnouncements() {
  document.addEventListener("htmx:afterSettle", (event) => {
    const said = event.target.querySelector?.("[data-announce]") ?? event.target.closest?.("[data-announce]");
    if (said) announce(said.textContent.trim());
  });
}

export function announce(text) {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 100); // an emptied region first, so that the same words are said again
}
