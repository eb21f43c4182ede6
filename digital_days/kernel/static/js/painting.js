// Boxes in columns are painted: by dragging, by the arrows. They stay boxes, and the form sends what is ticked.
import { dragged } from "./dragging.js";

export function setUpPainting(grid) {
  const days = [...grid.querySelectorAll("fieldset")].map((day) => ({
    all: day.querySelector("[data-whole-day]"),
    cells: [...day.querySelectorAll("[data-minute]")],
  }));
  const cells = days.flatMap((day) => day.cells);
  const refresh = () => days.forEach(showWhole);
  grid.dataset.paintingReady = "";
  for (const words of grid.querySelectorAll("[data-for-scripts]")) words.hidden = false;
  refresh();
  focusable(cells, cells[0]);
  grid.addEventListener("change", ({ target }) => {
    const day = days.find(({ all }) => all === target);
    for (const cell of day?.cells ?? []) cell.checked = target.checked;
    refresh();
  });
  grid.addEventListener("focusin", ({ target }) => cells.includes(target) && focusable(cells, target));
  grid.addEventListener("keydown", (event) => {
    if (cells.includes(event.target) && moved(event, days)) {
      event.preventDefault();
      refresh();
    }
  });
  dragged(grid, (from, to, before) => {
    paint(days, cells, from, to, before);
    refresh();
  });
}

// One stop for the tab key; the arrows do the rest.
function focusable(cells, one) {
  for (const cell of cells) cell.tabIndex = cell === one ? 0 : -1;
}

function showWhole({ all, cells }) {
  all.checked = cells.every((cell) => cell.checked);
}

// Everything between two boxes, days and hours alike, gets the state that the first was given; the rest is as before.
function paint(days, cells, from, to, before) {
  const place = (cell) => days.findIndex((day) => day.cells.includes(cell));
  const [firstDay, lastDay] = [place(from), place(to)].sort((a, b) => a - b);
  const [first, last] = [from, to].map((cell) => Number(cell.dataset.minute)).sort((a, b) => a - b);
  for (const cell of cells) {
    const [day, minute] = [place(cell), Number(cell.dataset.minute)];
    const inside = day >= firstDay && day <= lastDay && minute >= first && minute <= last;
    cell.checked = inside ? !before.get(from) : before.get(cell);
  }
}

// Whether the key meant something here. With shift, the box that is left gives its state to the one that is reached.
function moved(event, days) {
  const column = days.findIndex((day) => day.cells.includes(event.target));
  const { cells } = days[column];
  const row = cells.indexOf(event.target);
  const minute = Number(event.target.dataset.minute);
  if (event.key === " " && event.shiftKey) {
    const state = !event.target.checked;
    for (const cell of days.flatMap((day) => day.cells)) if (Number(cell.dataset.minute) === minute) cell.checked = state;
    return true;
  }
  const beside = (day) => day?.cells.reduce((best, cell) => (apart(cell, minute) < apart(best, minute) ? cell : best));
  const aim = {
    ArrowDown: () => cells[row + 1],
    ArrowUp: () => cells[row - 1],
    ArrowLeft: () => beside(days[column - 1]),
    ArrowRight: () => beside(days[column + 1]),
    Home: () => cells[0],
    End: () => cells.at(-1),
  }[event.key];
  if (!aim) return false;
  const next = aim();
  if (next && event.shiftKey) next.checked = event.target.checked;
  next?.focus();
  return true;
}

function apart(cell, minute) {
  return Math.abs(Number(cell.dataset.minute) - minute);
}
