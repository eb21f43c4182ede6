// An activity that waits is dragged into the grid, by mouse, pen or finger (by its grip); a shadow says where it lands.
const FAR_ENOUGH = 5;
const SHADOW = { code: "shadow", room_name: "", conflicts: [] };

export function setUpDraggingIn(lists, { grid, onHand, onDropped }) {
  let hand = null;

  lists.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-activity]");
    if (!item || event.button || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return; // a finger scrolls the list
    hand = { item, pointer: event.pointerId, x: event.clientX, y: event.clientY, where: null, moving: false };
  });
  lists.addEventListener("dragstart", (event) => event.preventDefault()); // the links themselves are not dragged
  lists.addEventListener("click", (event) => {
    if (!event.target.closest("[data-dropped]")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", (event) => finish(event, true));
  window.addEventListener("pointercancel", (event) => finish(event, false));
  window.addEventListener("keydown", (event) => event.key === "Escape" && finish(hand && { pointerId: hand.pointer }, false));

  function move(event) {
    if (!hand || event.pointerId !== hand.pointer) return;
    if (!hand.moving && Math.hypot(event.clientX - hand.x, event.clientY - hand.y) < FAR_ENOUGH) return;
    if (!hand.moving) begin();
    hand.where = grid.at(event.clientX, event.clientY);
    const { title, minutes } = hand.item.dataset;
    if (hand.where) grid.preview({ ...SHADOW, title }, { ...hand.where, end: hand.where.start + Number(minutes) });
    else grid.forget(SHADOW.code);
  }

  function begin() {
    hand.moving = true;
    onHand(true);
    window.getSelection()?.removeAllRanges();
    document.body.classList.add("is-dragging");
    hand.item.classList.add("unplaced-item--dragged");
    hand.item.dataset.dropped = "";
  }

  function finish(event, dropped) {
    if (!hand || event?.pointerId !== hand.pointer) return;
    const { item, where, moving } = hand;
    hand = null;
    if (!moving) return;
    onHand(false);
    document.body.classList.remove("is-dragging");
    item.classList.remove("unplaced-item--dragged");
    setTimeout(() => delete item.dataset.dropped); // after the click that ends a drag
    grid.forget(SHADOW.code);
    if (dropped && where) onDropped(item.dataset, where);
  }
}
