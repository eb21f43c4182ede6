// With a mouse, a pen or a finger: drag a piece to move it, its corners to resize it, the empty floor to draw or to choose.
import { SMALLEST, around, moved, pull, rectangle, snapped, touches } from "./geometry.js";

const SLIP = 4; // pixels: less is a click

export function makeHand({ store, stage, selection, tool, step, change, add }) {
  let drag = null; // { move(point), drop() }

  stage.svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || drag || !store.state) return;
    const begun = begin(event);
    if (!begun) return;
    event.preventDefault();
    stage.svg.setPointerCapture(event.pointerId);
    store.hold();
    drag = { ...begun, from: [event.clientX, event.clientY], started: false };
  });
  stage.svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.started && Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]) < SLIP) return;
    drag.started = true;
    drag.move(stage.at(event));
  });
  stage.svg.addEventListener("pointerup", () => end(true));
  stage.svg.addEventListener("pointercancel", () => end(false));

  function end(kept) {
    if (!drag) return;
    const { started, drop, click } = drag;
    drag = null;
    store.release();
    if (kept && started) drop();
    else {
      stage.show(store.state, []);
      stage.mark(selection);
      if (kept) click?.();
    }
  }

  function begin(event) {
    const from = stage.at(event);
    const handle = event.target.closest("[data-corner]");
    if (handle) return resizing(store.piece(handle.dataset.code), handle.dataset.corner);
    if (tool() !== "select") return drawing(from);
    const code = event.target.closest("[data-code]")?.dataset.code;
    if (code) return moving(code, from, event.shiftKey);
    return event.pointerType === "touch" ? null : choosing(from);
  }

  function moving(code, from, adding) {
    if (adding) {
      selection.toggle(code);
      return null;
    }
    if (!selection.has(code)) selection.only([code]);
    stage.focus(code);
    const pieces = selection.pieces(store.state);
    const others = store.state.pieces.filter((piece) => !selection.has(piece.code));
    let now = pieces;
    return {
      move([x, y]) {
        const box = moved(around(pieces), x - from[0], y - from[1]);
        const { dx, dy, lines } = pull(box, others, store.state, step());
        const [by, to] = [box.x + dx - around(pieces).x, box.y + dy - around(pieces).y].map(Math.round);
        now = pieces.map((piece) => moved(piece, by, to));
        stage.preview(now, { lines });
      },
      drop: () => change(now),
      click: () => selection.only([code]),
    };
  }

  function resizing(piece, corner) {
    const fixed = [corner.endsWith("e") ? piece.x : piece.x + piece.width, corner.startsWith("s") ? piece.y : piece.y + piece.depth];
    let now = piece;
    return {
      move(point) {
        const { x, y, width, depth } = rectangle(fixed, point.map((value) => Math.max(0, snapped(value, step()))));
        now = { ...piece, x, y, width: Math.max(width, SMALLEST), depth: Math.max(depth, SMALLEST) };
        stage.preview([now]);
      },
      drop: () => change([now]),
    };
  }

  function drawing(from) {
    const start = from.map((value) => Math.max(0, snapped(value, step())));
    let box = null;
    return {
      move(point) {
        box = rectangle(start, point.map((value) => Math.max(0, snapped(value, step()))));
        stage.preview([], { drawn: box });
      },
      drop: () => {
        stage.preview([]);
        if (box.width >= SMALLEST && box.depth >= SMALLEST) add({ kind: tool(), ...box, step_free: tool() === "booth" });
      },
    };
  }

  function choosing(from) {
    let box = null;
    return {
      move(point) {
        box = rectangle(from, point);
        stage.preview([], { drawn: box });
      },
      drop: () => selection.only(store.state.pieces.filter((piece) => touches(piece, box)).map((piece) => piece.code)),
      click: () => selection.only([]),
    };
  }
}
