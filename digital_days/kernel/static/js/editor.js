// The schedule of a day as a grid that slots are moved in. The page works without this file: a table, and forms.
import { makeActions } from "./planner/actions.js";
import { setUpDraggingIn } from "./planner/dragging-in.js";
import { makeGrid } from "./planner/grid.js";
import { makeHand } from "./planner/keyboard.js";
import { makeMoves } from "./planner/moves.js";
import { makeOthers } from "./planner/others.js";
import { makeStore } from "./planner/store.js";
import { sentence, tell } from "./planner/words.js";

const root = document.getElementById("planner");
if (root) start();

function start() {
  const day = root.dataset.day;
  const lists = document.getElementById("lists");
  const snap = document.getElementById("snap");
  const others = makeOthers({ onFaded: () => store.again() });
  root.classList.add("planner--live");

  const store = makeStore(root, { onState });
  const moves = makeMoves(store, { day, undoButton: document.getElementById("undo") });
  const onHand = (busy) => (busy ? store.hold() : store.release());
  const grid = makeGrid(document.getElementById("grid"), {
    day,
    onHand,
    onMoved: moves.move,
    onChosen: (code) => open(store.slot(code)),
    onTaken: (code) => pick(store.slot(code)),
  });
  const hand = makeHand({
    grid,
    rooms: () => store.state.rooms,
    step: () => Number(snap.value),
    bounds: () => [store.state.first_hour * 60, store.state.last_hour * 60],
    onDown: putDown,
    onTakenBack: takeBack,
  });
  const open = makeActions(document.getElementById("slot-actions"), {
    onPick: pick,
    onRemove: moves.remove,
    onClosed: (slot) => hand.focusOn(slot.code),
  });

  snap.addEventListener("change", () => grid.snap(snap.value));
  lists.addEventListener("click", ({ target }) => target.closest("[data-pick]") && pickNew(target.closest("[data-activity]").dataset));
  lists.addEventListener("click", goToSlot);
  setUpDraggingIn(lists, {
    grid,
    onHand,
    onDropped: ({ activity }, where) => moves.place(activity, where),
  });
  store.refresh();

  function onState(next, before, how) {
    others.notice(next, before, how);
    grid.show(next, others.now());
    if (before && next.version !== before.version) document.dispatchEvent(new CustomEvent("schedule-changed"));
    else if (!before) goToSlotOfAddress();
  }

  function pick(slot) {
    store.hold();
    hand.pick(slot, moves.placeOf(slot));
  }

  // A new one starts where the day has room for it: in the first room that is free, else in the first.
  function pickNew({ activity, title, minutes }) {
    const { rooms, slots, first_hour: first, open } = store.state;
    const start = open ? Number(open[0].slice(11, 13)) * 60 + Number(open[0].slice(14)) : (first + 1) * 60;
    const end = start + Number(minutes);
    const taken = (room) => slots.map(moves.placeOf).some((each) => each.room === room.id && each.start < end && start < each.end);
    const room = (rooms.find((each) => !taken(each)) ?? rooms[0]).id;
    store.hold();
    hand.pick({ code: activity, title, conflicts: [], isNew: true }, { start, end, room });
  }

  async function putDown(slot, where) {
    store.release();
    const code = slot.isNew ? await moves.place(slot.code, where) : (await moves.move(slot.code, where), slot.code);
    if (code) setTimeout(() => hand.focusOn(code));
  }

  function takeBack(slot) {
    store.release();
    if (slot.isNew) grid.forget(slot.code);
    store.again();
    tell(sentence("TakenBack", slot));
    setTimeout(() => (slot.isNew ? lists.querySelector(`[data-pick="${slot.code}"]`)?.focus() : hand.focusOn(slot.code)));
  }

  // Links of the conflicts lead into the grid where it is shown, into the table elsewhere.
  function goToSlot(event) {
    const code = event.target.closest("a[data-slot]")?.dataset.slot;
    if (!code || !grid.element(code)?.checkVisibility()) return;
    event.preventDefault();
    hand.focusOn(code);
  }

  function goToSlotOfAddress() {
    const code = location.hash.startsWith("#plage-") && location.hash.slice(7);
    if (code) setTimeout(() => hand.focusOn(code));
  }
}
