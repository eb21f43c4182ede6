// Filters send themselves when a choice changes or typing pauses; their button stays for those who prefer it.
const PAUSE_MS = 350;

export function setUpFilters() {
  let timer = 0;
  const send = (form, delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => submit(form), delay);
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.type !== "search") send(form, 0);
  });
  // Whoever presses the button wants to see what was found: the folded choices make room.
  document.addEventListener("submit", (event) => {
    const folded = event.target.closest("form[data-auto-submit]")?.closest("details");
    if (!folded) return;
    folded.open = false;
    folded.scrollIntoView();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-auto-submit][hx-get]");
    if (form && event.target.type === "search") send(form, PAUSE_MS);
  });
}

function submit(form) {
  if (form.hasAttribute("hx-get")) form.dispatchEvent(new CustomEvent("filter", { bubbles: true }));
  else form.requestSubmit();
}
