// Links marked data-dialog open the native dialog of that id; without scripts they lead to a page that does the same.
export function setUpDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-dialog]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
}
