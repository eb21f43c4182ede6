// A slot in hand: arrows move it by a step or a room, Shift and an arrow its end, Enter puts it down, Escape back.
import { sentence, tell } from "./words.js";
import { hour } from "./times.js";

const LAST_START = 24 * 60;
const SHORTEST = 5;

export function makeHand({ grid, rooms, step, bounds, onDown, onTakenBack }) {
  let held = null; // { slot, from, where }

  document.addEventListener("keydown", (event) => held && act(event), true);
  document.addEventListener("pointerdown", () => held && takeBack(), true);

  function pick(slot, where) {
    if (held) takeBack();
    held = { slot, from: where, where: { ...where } };
    show();
    tell(`${sentence("Picked", slot)} ${spoken()}`, "picked");
  }

  function act(event) {
    const change = changes(event);
    if (!change) return event.key === "Tab" && takeBack();
    event.preventDefault();
    event.stopPropagation();
    change();
  }

  function changes({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return null;
    if (key === "Escape") return takeBack;
    if (key === "Enter" || key === " ") return putDown;
    if (key === "+" || (shiftKey && key === "ArrowDown")) return () => lengthen(step());
    if (key === "-" || (shiftKey && key === "ArrowUp")) return () => lengthen(-step());
    if (shiftKey) return null;
    const moves = { ArrowUp: () => shift(-step()), ArrowDown: () => shift(step()), ArrowLeft: () => turn(-1), ArrowRight: () => turn(1) };
    return moves[key] ?? null;
  }

  function shift(minutes) {
    const { where } = held;
    const [first, last] = bounds();
    const start = Math.min(Math.max(where.start + minutes, first), last - SHORTEST, LAST_START - SHORTEST);
    put({ ...where, start, end: start + where.end - where.start });
  }

  function lengthen(minutes) {
    const { where } = held;
    put({ ...where, end: Math.max(where.end + minutes, where.start + SHORTEST) });
  }

  function turn(by) {
    const ids = rooms().map((room) => room.id);
    const room = ids[Math.min(Math.max(ids.indexOf(held.where.room) + by, 0), ids.length - 1)];
    put({ ...held.where, room });
  }

  function put(where) {
    held.where = where;
    show();
    tell(spoken(), "picked");
  }

  function spoken() {
    const { start, end, room } = held.where;
    const name = rooms().find((each) => each.id === room)?.name;
    return sentence("At", { room: name, start: hour(start), end: hour(end) });
  }

  function show() {
    grid.preview(held.slot, held.where);
    setTimeout(() => held && focusOn(held.slot.code));
  }

  function focusOn(code) {
    const element = grid.element(code);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function putDown() {
    const { slot, from, where } = held;
    held = null;
    const stays = !slot.isNew && ["start", "end", "room"].every((name) => from[name] === where[name]);
    if (stays) onTakenBack(slot);
    else onDown(slot, where);
  }

  function takeBack() {
    const { slot } = held;
    held = null;
    onTakenBack(slot);
  }

  return { pick, focusOn, get isHolding() { return Boolean(held); } };
}
