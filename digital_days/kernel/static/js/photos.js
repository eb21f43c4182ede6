// What the server would refuse for its weight is refused here, before somebody waits for it to be sent.
export function setUpPhotos() {
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.dataset.mostBytes) return;
    const known = document.getElementById(`${input.id}-heavy`);
    known?.remove();
    if ((input.files[0]?.size ?? 0) <= Number(input.dataset.mostBytes)) return;
    input.value = "";
    const told = document.createElement("p");
    Object.assign(told, { id: `${input.id}-heavy`, className: "field-error", textContent: input.dataset.textHeavy });
    told.setAttribute("role", "alert");
    input.before(told);
  });
}
