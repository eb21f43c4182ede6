// Moves sent to the server, what is said of them, and the one that can be taken back.
import { sentence, tell } from "./words.js";
import { clock, minutesOf } from "./times.js";

export function makeMoves(store, { day, undoButton }) {
  let undo = null;
  undoButton.addEventListener("click", takeBack);

  const form = ({ start, end, room }) => ({ day, starts: clock(start), ends: clock(end), room: room === "0" ? "" : room });
  const placeOf = (slot) => ({ start: minutesOf(slot.starts, day), end: minutesOf(slot.ends, day), room: slot.room });

  async function move(code, where) {
    const before = store.slot(code);
    if (!before) return store.again();
    const answer = await store.send("move", code, { ...form(where), version: before.version });
    finish(answer, code, () => {
      const { version } = store.slot(code);
      return () => store.send("move", code, { ...form(placeOf(before)), version });
    });
  }

  // Gives the code of the slot that is new, if it is.
  async function place(activity, where) {
    const known = new Set(store.state.slots.map((slot) => slot.code));
    const { minutes = 60, slots = 0 } = store.state.unplaced.find((each) => each.code === activity) ?? {};
    const asked = form({ ...where, end: where.end ?? where.start + minutes });
    const answer = await store.send("place", activity, { ...asked, beside: slots });
    const made = answer.ok && store.state.slots.find((slot) => slot.activity === activity && !known.has(slot.code));
    finish(answer, made?.code, () => () => store.send("remove", made.code, { version: made.version }));
    return made?.code;
  }

  async function remove(before) {
    const answer = await store.send("remove", before.code, { version: before.version });
    finish(answer, before.code, () => () =>
      store.send("place", before.activity, { ...form(placeOf(before)), beside: before.others }));
    if (answer.ok) tell(sentence("Removed", before), "done");
  }

  function finish({ ok, sentence: refusal }, code, reversing) {
    if (!ok) {
      tell(refusal, "refused");
      return store.again();
    }
    remember(reversing());
    const slot = store.slot(code);
    if (slot) tell(said(slot), slot.conflicts.length ? "conflict" : "done");
  }

  function said(slot) {
    const put = sentence("Dropped", { title: slot.title, where: `${slot.room_name}, ${slot.hours}` });
    const conflicts = slot.conflicts.map((each) => each.sentence).join(" ");
    return conflicts ? `${put} ${sentence("Conflicts")} ${conflicts}` : `${put} ${sentence("NoConflict")}`;
  }

  function remember(reversal) {
    undo = reversal;
    undoButton.disabled = !undo;
  }

  async function takeBack() {
    const reverse = undo;
    if (!reverse) return;
    remember(null);
    const { ok, sentence: refusal } = await reverse();
    tell(ok ? sentence("Undone") : refusal, ok ? "done" : "refused");
    if (!ok) store.again();
  }

  return { move, place, remove, placeOf };
}
