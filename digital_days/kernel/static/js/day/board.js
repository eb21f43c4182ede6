// Who goes to which table; more tables than the screen holds come one page after the other.
import { fill } from "./words.js";

const PAGE_MS = 8000;
const MOST = 12; // that can be read from the far end of the hall
const FEW = 6;

export function makeBoard(box) {
  const [title, list, place] = ["title", "list", "page"].map((name) => box.querySelector(`[data-board-${name}]`));
  const words = box.dataset;
  let shown = { seats: null, from: 0, part: "" };

  function show(heading, seats, now) {
    if (title.textContent !== heading) title.textContent = heading;
    box.hidden = !heading;
    if (shown.seats !== seats) shown = { seats, from: now, part: "" };
    const pages = isWide() ? Math.max(1, Math.ceil(seats.length / MOST)) : 1;
    const page = Math.max(0, Math.floor((now - shown.from) / PAGE_MS)) % pages;
    const part = `${page} ${pages}`;
    if (part === shown.part) return;
    shown.part = part;
    const fits = Math.ceil(seats.length / pages);
    list.replaceChildren(...seats.slice(page * fits, (page + 1) * fits).map(entry));
    list.dataset.size = fits <= FEW ? "few" : "many";
    place.textContent = pages > 1 ? fill(words.textPage, page + 1, pages) : "";
  }

  // A wide screen shows a page at once; whoever holds a phone scrolls.
  function isWide() {
    return window.matchMedia("(min-width: 60em)").matches;
  }

  function entry([number, ...organisations]) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    label.className = "visually-hidden";
    label.textContent = words.textTable;
    item.append(label, spanOf("board-number", number), spanOf("board-names", ...organisations));
    return item;
  }

  return { show };
}

function spanOf(name, ...lines) {
  const span = document.createElement("span");
  span.className = name;
  if (lines.length === 1) span.textContent = lines[0];
  else span.append(...lines.map((line) => spanOf("board-name", line)));
  return span;
}
