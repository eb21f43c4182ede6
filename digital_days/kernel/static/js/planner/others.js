// What another organiser has changed meanwhile: said in words, and marked in the grid for a while.
import { sentence, tell } from "./words.js";

const MARKED_MS = 8000;

export function makeOthers({ onFaded }) {
  const marked = new Map(); // code → until when

  // `asked`: the state came by itself; else it answers a move of one's own, whose slot says so.
  function notice(next, before, { asked }) {
    if (!before) return;
    const known = new Map(before.slots.map((slot) => [slot.code, slot]));
    const changed = next.slots.filter((slot) => known.get(slot.code)?.version !== slot.version && (asked || !slot.mine));
    const there = new Set(next.slots.map((slot) => slot.code));
    const gone = asked ? before.slots.filter((slot) => !there.has(slot.code)) : [];
    for (const slot of changed) marked.set(slot.code, Date.now() + MARKED_MS);
    if (changed.length) setTimeout(onFaded, MARKED_MS + 100);
    const words = [...changed.map((slot) => slot.told), ...gone.map((slot) => sentence("Removed", slot))];
    if (asked) tell(words.join(" "), "theirs");
  }

  function now() {
    for (const [code, until] of marked) if (until < Date.now()) marked.delete(code);
    return marked;
  }

  return { notice, now };
}
