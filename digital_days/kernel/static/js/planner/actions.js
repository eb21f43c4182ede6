// What can be done with one slot, in a dialog: its conflicts in words, and the ways to move it.
import { conflictLine } from "./slot-content.js";

export function makeActions(dialog, { onPick, onRemove, onClosed }) {
  let slot = null;

  dialog.addEventListener("close", () => slot && onClosed(slot));
  dialog.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-do]")?.dataset.do;
    if (!wanted) return;
    const chosen = slot;
    slot = null;
    dialog.close();
    (wanted === "pick" ? onPick : onRemove)(chosen);
  });

  return function open(chosen) {
    slot = chosen;
    dialog.querySelector("h2").textContent = chosen.title;
    dialog.querySelector("[data-about]").textContent = [chosen.hours, chosen.room_name, chosen.speakers].filter(Boolean).join(" · ");
    dialog.querySelector("[data-conflicts]").replaceChildren(...chosen.conflicts.map((conflict) => {
      const item = document.createElement("li");
      item.append(conflictLine(conflict));
      return item;
    }));
    dialog.querySelector("[data-page]").href = chosen.page;
    dialog.showModal();
  };
}
