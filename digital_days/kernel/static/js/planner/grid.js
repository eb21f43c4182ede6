// The calendar library's grid of rooms and hours, filled from the state; what it is told to do by hand it hands on.
import { createCalendar, Interaction, ResourceTimeGrid } from "@event-calendar/core";
import { roomContent, slotButton } from "./slot-content.js";
import { hour, minutesOfDate, localOf, minutesOf } from "./times.js";

const LONG_PRESS_MS = 350;

export function makeGrid(place, { day, onMoved, onChosen, onTaken, onHand }) {
  const shown = {};
  let dragging = false;
  const calendar = createCalendar(place, [ResourceTimeGrid, Interaction], {
    view: "resourceTimeGridDay",
    date: day,
    allDaySlot: false,
    headerToolbar: { start: "", center: "", end: "" },
    slotDuration: "00:30",
    slotLabelInterval: "01:00",
    slotHeight: 48,
    snapDuration: "00:15",
    columnWidth: "minmax(9.5rem, 1fr)",
    slotEventOverlap: false,
    slotLabelFormat: (date) => hour(minutesOfDate(date, day)),
    longPressDelay: LONG_PRESS_MS,
    editable: true,
    resources: [],
    events: [],
    resourceLabelContent: roomContent,
    eventContent: ({ event }) => ({
      domNodes: event.extendedProps.slot ? [slotButton(event.extendedProps.slot, hoursOf(event))] : [],
    }),
    eventDragStart: () => take(true),
    eventResizeStart: () => take(true),
    eventDrop: ({ event }) => onMoved(event.id, wanted(event)),
    eventResize: ({ event }) => onMoved(event.id, wanted(event)),
  });
  place.addEventListener("click", ({ target }) => choose(target, onChosen));
  place.addEventListener("keydown", (event) => {
    if (event.key !== " " || !choose(event.target, onTaken)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  window.addEventListener("pointerup", () => take(false));
  window.addEventListener("pointercancel", () => take(false)); // the library does not say that a drag came to nothing
  const observer = new MutationObserver(plain);
  observer.observe(place, { childList: true, subtree: true });
  plain();

  // The library's table has cells with nothing in them: what is to be read are the slots, which say where they are.
  function plain() {
    for (const each of place.querySelectorAll("[role=table], [role=row], [role=rowgroup], [role=cell], [role=columnheader]")) {
      each.removeAttribute("role");
      each.removeAttribute("aria-colindex");
    }
    for (const each of place.querySelectorAll(".ec-toolbar")) each.remove();
    for (const each of place.querySelectorAll(".ec-main:not([tabindex])")) each.tabIndex = 0;
  }

  function take(busy) {
    if (dragging === busy) return;
    dragging = busy;
    onHand(busy);
  }

  function choose(target, then) {
    const code = target.closest("button[data-slot]")?.dataset.slot;
    if (code) then(code);
    return Boolean(code);
  }

  function hoursOf({ start, end }) {
    return `${hour(minutesOfDate(start, day))} – ${hour(minutesOfDate(end, day))}`;
  }

  function wanted({ start, end, resourceIds }) {
    return { start: minutesOfDate(start, day), end: minutesOfDate(end, day), room: resourceIds[0] };
  }

  function set(name, value) {
    const said = JSON.stringify(value);
    if (shown[name] === said) return;
    shown[name] = said;
    calendar.setOption(name, value);
  }

  function eventOf(slot, { start, end, room } = {}, more = "") {
    const hard = slot.conflicts?.some((conflict) => conflict.hard);
    const classes = ["planned", `slot-${slot.code}`, more, hard ? "planned--hard" : slot.conflicts?.length ? "planned--soft" : ""];
    return {
      id: slot.code,
      title: slot.title,
      start: start === undefined ? slot.starts : localOf(start, day),
      end: end === undefined ? slot.ends : localOf(end, day),
      resourceIds: [room ?? slot.room],
      extendedProps: { slot },
      classNames: classes.filter(Boolean),
    };
  }

  function busyFrom({ slots, open, first_hour: first }) {
    const starts = [...slots.map((slot) => slot.starts), ...(open ? [open[0]] : [])].map((local) => minutesOf(local, day));
    return Math.max(first, Math.floor(Math.min(8 * 60, ...starts) / 60));
  }

  function closed(state) {
    if (!state.open) return [];
    const rooms = state.rooms.map((room) => room.id);
    const [opens, closes] = state.open.map((local) => minutesOf(local, day));
    const spans = [[state.first_hour * 60, opens], [closes, state.last_hour * 60]].filter(([from, to]) => from < to);
    return spans.map(([from, to]) => ({
      start: localOf(from, day),
      end: localOf(to, day),
      resourceIds: rooms,
      display: "background",
      classNames: ["planned-closed"],
    }));
  }

  return {
    show(state, marked) {
      const focused = document.activeElement?.closest("#grid [data-slot]")?.dataset.slot;
      set("slotMinTime", `${state.first_hour}:00`);
      set("slotMaxTime", `${state.last_hour}:00`);
      shown.scrollTime ?? set("scrollTime", `${busyFrom(state)}:00`); // once: afterwards people scroll themselves
      set("resources", state.rooms.map(({ id, name, about }) => ({ id, title: name, extendedProps: { about } })));
      shown.events = undefined; // the library has moved some by itself
      set("events", [
        ...state.slots.map((slot) => eventOf(slot, {}, marked.has(slot.code) ? "planned--theirs" : "")),
        ...closed(state),
      ]);
      if (focused) setTimeout(() => this.element(focused)?.focus({ preventScroll: true })); // the library draws all anew
    },
    snap: (minutes) => calendar.setOption("snapDuration", `00:${String(minutes).padStart(2, "0")}`),
    // Where a slot would be, before anybody is told.
    preview(slot, where) {
      const event = eventOf(slot, where, "planned--picked");
      if (!calendar.updateEvent(event)) calendar.addEvent(event);
    },
    forget: (code) => calendar.removeEventById(code),
    at(x, y) {
      const found = calendar.dateFromPoint(x, y);
      return found?.resource && { room: found.resource.id, start: minutesOfDate(found.date, day) };
    },
    element: (code) => place.querySelector(`.slot-${CSS.escape(code)}:not(.ec-preview) button`),
  };
}
