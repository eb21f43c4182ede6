// By keyboard: Enter chooses, arrows move by a step, Shift and an arrow changes the size; a row of strokes is one change.
import { moved, resized } from "./geometry.js";
import { metres, sentence, tell } from "./words.js";

const PAUSE_MS = 600;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function makeKeys({ store, stage, selection, tool, step, change, act }) {
  let pending = null; // pieces as they are to be
  let waiting = 0;

  stage.place.addEventListener("keydown", (event) => {
    const done = event.altKey ? null : wanted(event);
    if (!done) return;
    event.preventDefault();
    done();
  });
  stage.place.addEventListener("focusout", settle);

  function wanted({ key, shiftKey, ctrlKey, metaKey, target }) {
    const code = target.closest("[data-code]")?.dataset.code;
    const command = ctrlKey || metaKey;
    if (command && key.toLowerCase() === "z") return () => (pending ? takeBack() : act("undo"));
    if (command && key.toLowerCase() === "d") return () => act("duplicate");
    if (command) return null;
    if (key === "Escape") return () => (pending ? takeBack() : (selection.only([]), tell(sentence("None"))));
    if (key === "Delete" || key === "Backspace") return () => act("remove");
    if (key === "Enter" || key === " ") return () => (code ? choose(code, shiftKey) : tool() !== "select" && act("place"));
    if (ARROWS[key] && selection.size && (!code || selection.has(code))) return () => push(ARROWS[key], shiftKey);
    return null;
  }

  function choose(code, adding) {
    settle();
    if (adding) selection.toggle(code);
    else selection.only([code]);
    const chosen = selection.pieces(store.state);
    const about = chosen.length === 1 ? sentence("Chosen", chosen[0]) : chosen.length ? sentence("ChosenMany", { count: chosen.length }) : sentence("None");
    tell(about);
  }

  function push([dx, dy], resizes) {
    if (!pending) store.hold();
    const by = [dx * step(), dy * step()];
    pending = (pending ?? selection.pieces(store.state)).map((piece) => (resizes ? resized(piece, ...by) : moved(piece, ...by)));
    stage.preview(pending);
    if (pending.length === 1) tell(spoken(pending[0]), "picked");
    clearTimeout(waiting);
    waiting = setTimeout(settle, PAUSE_MS);
  }

  function settle() {
    if (!pending) return;
    const pieces = pending;
    drop();
    change(pieces);
  }

  function takeBack() {
    drop();
    stage.show(store.state, []);
    stage.mark(selection);
  }

  function drop() {
    clearTimeout(waiting);
    pending = null;
    store.release();
  }

  return { settle };
}

function spoken(piece) {
  const lengths = ["x", "y", "width", "depth"].map((name) => [name, metres(piece[name])]);
  return sentence("At", { name: piece.name, ...Object.fromEntries(lengths) });
}
