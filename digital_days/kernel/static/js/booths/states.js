// Shows on the drawing and in the table which booths are free, and says what has changed.
import { announce } from "../announce.js";

const LIVE = ["free", "held", "taken"]; // one's own booths and those of other categories stay as they are
const SAID_AT_MOST = 4;

export function makeBooths(section) {
  const words = section.dataset;
  const rows = new Map([...section.querySelectorAll("[data-booth-row]")].map((row) => [row.dataset.boothRow, row]));
  const shapes = new Map([...section.querySelectorAll("[data-booth]")].map((shape) => [shape.dataset.booth, shape]));

  function showAll(taken) {
    const all = Object.fromEntries([...new Set([...rows.keys(), ...shapes.keys()])].map((code) => [code, "free"]));
    showChanged({ ...all, ...taken });
  }

  function showChanged(states) {
    const said = [];
    for (const [code, state] of Object.entries(states)) {
      if (shapes.has(code)) showShape(shapes.get(code), state);
      const row = rows.get(code);
      if (!row || !LIVE.includes(row.dataset.state) || row.dataset.state === state) continue;
      if (row.dataset.state === "free") said.push(sentence(words.textGone, row));
      if (state === "free") said.push(sentence(words.textBack, row));
      showRow(row, state);
    }
    if (said.length) announce(said.length > SAID_AT_MOST ? words.textMore : said.join(" "));
  }

  function showRow(row, state) {
    const label = row.querySelector("[data-booth-state]");
    label.className = `booth-state booth-state--${state}`;
    label.textContent = nameOf(state);
    row.dataset.state = state;
    const button = row.querySelector("button[name=booth]");
    if (!button) return;
    // Whoever stands on it is not thrown to the top of the page: sent, it says what is free nearby.
    if (button !== document.activeElement) button.hidden = state !== "free";
  }

  function showShape(shape, state) {
    const before = LIVE.find((each) => shape.classList.contains(`floor-plan-booth--${each}`));
    if (!before || before === state) return;
    shape.classList.replace(`floor-plan-booth--${before}`, `floor-plan-booth--${state}`);
    showSign(shape, state);
    const label = shape.getAttribute("aria-label");
    if (label) shape.setAttribute("aria-label", label.replace(nameOf(before), nameOf(state)));
  }

  function nameOf(state) {
    return words[`text${state[0].toUpperCase()}${state.slice(1)}`];
  }

  return { showAll, showChanged };
}

// The sign of a state, in the same corner as the server draws it (exhibitors/exports/booth_svg.py).
function showSign(shape, state) {
  shape.querySelector("use")?.remove();
  if (state === "free") return;
  const [x, y, width, depth] = ["x", "y", "width", "height"].map((name) =>
    Number(shape.querySelector("rect").getAttribute(name)),
  );
  const side = Math.min(0.26 * Math.min(width, depth), 70);
  const sign = document.createElementNS("http://www.w3.org/2000/svg", "use");
  const attributes = { href: `#plan-${state}`, x: x + width - side - 8, y: y + 8, width: side, height: side };
  for (const [name, value] of Object.entries(attributes)) sign.setAttribute(name, value);
  sign.setAttribute("aria-hidden", "true");
  shape.append(sign);
}

function sentence(pattern, row) {
  return pattern.replace("§", row.dataset.number);
}
