// From one box to another: at once with a mouse or a pen, after a moment's rest with a finger, which otherwise scrolls.
const REST_MS = 350;
const SLIP_PX = 10;

// Calls `paint(from, to, before)` whenever the pointer reaches another box; `before` is what was ticked at first.
export function dragged(grid, paint) {
  let drag = null;
  let waiting = 0;
  let swallow = false; // the click that ends a drag would turn the box back

  const begin = (from) => {
    const cells = [...grid.querySelectorAll("[data-minute]")];
    drag = { from, to: from, before: new Map(cells.map((cell) => [cell, cell.checked])) };
    swallow = true;
    paint(from, from, drag.before);
  };
  const end = () => {
    clearTimeout(waiting);
    waiting = 0;
    drag = null;
  };

  grid.addEventListener("pointerdown", (event) => {
    const from = cellAt(event.target);
    swallow = false;
    if (!from || event.button !== 0) return;
    if (event.pointerType !== "touch") {
      begin(from);
      from.focus({ preventScroll: true });
      event.preventDefault();
      return;
    }
    const [x, y] = [event.clientX, event.clientY];
    const slipped = (move) => Math.hypot(move.clientX - x, move.clientY - y) > SLIP_PX && clearTimeout(waiting);
    grid.addEventListener("pointermove", slipped);
    waiting = setTimeout(() => begin(from), REST_MS);
    addEventListener("pointerup", () => grid.removeEventListener("pointermove", slipped), { once: true });
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const to = cellAt(document.elementFromPoint(event.clientX, event.clientY));
    if (!to || to === drag.to || !grid.contains(to)) return;
    drag.to = to;
    paint(drag.from, to, drag.before);
  });
  grid.addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false });
  grid.addEventListener("contextmenu", (event) => (drag || waiting) && cellAt(event.target) && event.preventDefault());
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
  grid.addEventListener("click", (event) => {
    if (swallow && cellAt(event.target)) event.preventDefault();
    swallow = false;
  });
}

function cellAt(element) {
  return element?.closest(".availability-cell")?.querySelector("[data-minute]") ?? null;
}
