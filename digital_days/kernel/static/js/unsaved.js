// What somebody has ticked and not saved is not lost by a link or a filter: the browser asks first.
export function setUpUnsaved() {
  const forms = new Set();
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-unsaved]");
    if (form) forms.add(form);
  });
  document.addEventListener("submit", (event) => forms.delete(event.target));
  window.addEventListener("beforeunload", (event) => forms.size && event.preventDefault());
}
