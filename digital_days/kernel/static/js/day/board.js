// Who goes to which table; more tables than the screen holds come one page after the other.
const PAGE_MS = 8000;

export function makeBoard(box) {
  const [title, list, place] = ["title", "list", "page"].map((name) => box.querySelector(`[data-board-${name}]`));
  const words = box.dataset;
  let shown = null; // the seats as they were given: the same ones are not put up again
  let per = 0;
  let said = "";

  function show(heading, seats, now) {
    if (said !== heading) title.textContent = said = heading;
    const fits = howMany();
    const pages = Math.max(1, Math.ceil(seats.length / fits));
    const page = Math.floor(now / PAGE_MS) % pages;
    if (shown?.seats === seats && per === fits && shown.page === page) return;
    shown = { seats, page };
    per = fits;
    list.replaceChildren(...seats.slice(page * fits, (page + 1) * fits).map(entry));
    list.dataset.size = seats.length <= 6 ? "few" : seats.length <= 12 ? "some" : "many";
    place.textContent = pages > 1 ? words.textPage.replace("§", page + 1).replace("§", pages) : "";
    box.hidden = !heading;
  }

  // A wide screen shows a page at once; whoever holds a phone scrolls.
  function howMany() {
    return window.matchMedia("(min-width: 60em)").matches ? 16 : Infinity;
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
