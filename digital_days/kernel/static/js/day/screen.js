// Puts on the screen where the day stands. The words are the page's own (data-text-…), in its language.
import { makeBoard } from "./board.js";
import { fill, inDigits } from "./words.js";

const LAST_MS = 60_000;
const FRESH_MS = 180_000; // people still look for their table; afterwards the screen speaks of the next round
const COUNTED_MS = 5_400_000; // a longer wait is better said by its hour

export function makeScreen(root) {
  const [phase, left, bar, wall] = ["phase", "left", "bar", "wall"].map((name) => root.querySelector(`[data-${name}]`));
  const board = makeBoard(root.querySelector("[data-board]"));
  const words = root.dataset;
  const inCounty = (parts) =>
    new Intl.DateTimeFormat(document.documentElement.lang === "fr" ? "fr-CA" : "en-CA", { ...parts, timeZone: "America/Toronto" });
  const hour = inCounty({ hour: "numeric", minute: "2-digit" });
  const date = inCounty({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

  function show(day, standing, now) {
    const { current, following } = standing;
    const total = day.rounds.at(-1)?.number ?? 0;
    const counted = standing.phase !== "over" && standing.left <= COUNTED_MS;
    const isLast = standing.phase === "round" && standing.left <= LAST_MS;
    root.dataset.standing = standing.phase;
    root.toggleAttribute("data-last", isLast);
    root.toggleAttribute("data-paused", day.paused !== null && standing.phase !== "over");
    write(phase, phaseWords());
    write(left, counted ? inDigits(standing.left) : standing.phase === "over" ? "" : hour.format(following.from));
    bar.hidden = !current;
    if (current) Object.assign(bar, { max: current.to - current.from, value: standing.left });
    write(wall, hour.format(now));
    showBoard();

    function phaseWords() {
      if (!total) return words.textNone;
      if (standing.phase === "over") return words.textOver;
      if (day.paused !== null) return words.textPaused;
      if (standing.phase === "wait") return counted ? words.textSoon : startWords();
      return isLast ? words.textLast : fill(words.textRound, current.number, total);
    }

    function startWords() {
      const day = date.format(following.from);
      return day === date.format(now) ? words.textLater : fill(words.textSomeday, day.replace(/(^|\s)1(?=\s\p{L})/u, "$11er"));
    }

    function showBoard() {
      const settling = current && (now - current.from < FRESH_MS || !following);
      if (settling) return board.show(fill(words.textNow, current.number), current.seats, now);
      if (!following) return board.show("", [], now);
      const known = day.paused === null;
      const heading = fill(known ? words.textNext : words.textNextSometime, following.number, hour.format(following.from));
      board.show(heading, following.seats, now);
    }
  }

  return { show };
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
