// The plan as SVG that can be taken hold of. Every piece can be reached by keyboard and says what it is.
import { metres, sentence } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const MARKED_MS = 8000;
const CORNERS = ["nw", "ne", "sw", "se"];

export function makeStage(place, { root }) {
  const svg = make("svg", { class: "floor-plan-hall plan-hall", role: "group" });
  const [floor, picture, shapes, booths, over] = [make("rect", { class: "floor-plan-floor" }), make("g"), make("g"), make("g"), make("g")];
  const elements = new Map();
  const marked = new Map();
  let state = null;
  let hall = "";
  svg.append(floor, picture, shapes, booths, over);
  place.append(svg);
  place.tabIndex = 0;
  place.hidden = false;
  document.getElementById("plan-static").hidden = true;

  function show(next, theirs) {
    state = next;
    for (const name of theirs) marked.set(name, Date.now() + MARKED_MS);
    if (theirs.length) setTimeout(() => show(state, []), MARKED_MS + 100);
    layHall();
    const there = new Set(next.pieces.map((piece) => piece.code));
    const focused = document.activeElement;
    for (const [code, element] of elements) if (!there.has(code) && elements.delete(code)) element.remove();
    if (!focused.isConnected) place.focus({ preventScroll: true }); // who has just taken it away goes on from here
    for (const piece of next.pieces) draw(piece);
  }

  function layHall() {
    if (hall === `${state.width} ${state.depth}`) return;
    hall = `${state.width} ${state.depth}`;
    svg.setAttribute("viewBox", `0 0 ${hall}`);
    set(floor, { width: state.width, height: state.depth });
    const { background, opacity } = root.dataset;
    const size = { width: state.width, height: state.depth, preserveAspectRatio: "none", opacity: opacity / 100 };
    picture.replaceChildren(...(background ? [make("image", { href: background, ...size })] : []));
  }

  function draw(piece) {
    const element = elements.get(piece.code) ?? create(piece);
    const who = piece.who ? sentence(piece.state === "held" ? "Held" : "Taken", piece) : "";
    const look = piece.kind === "booth" ? `floor-plan-booth floor-plan-booth--${piece.state}` : `floor-plan-shape floor-plan-${piece.kind}`;
    const theirs = (marked.get(piece.name) ?? 0) > Date.now() ? " plan-piece--theirs" : "";
    const chosen = element.classList.contains("plan-piece--chosen") ? " plan-piece--chosen" : "";
    element.setAttribute("class", `plan-piece ${look}${theirs}${chosen}`);
    element.setAttribute("aria-label", [piece.name, who, `${metres(piece.width)} × ${metres(piece.depth)} m`].filter(Boolean).join(", "));
    const text = element.querySelector("text");
    text.textContent = piece.kind === "booth" ? piece.number : piece.label_fr ? piece.name : piece.kind === "aisle" ? "" : piece.name;
    element.querySelector("use")?.remove(); // a state is not told by colour alone
    if (piece.who) element.append(make("use", { href: `#plan-${piece.state}`, "aria-hidden": "true" }));
    lay(element, piece);
  }

  function create(piece) {
    const element = make("g", { tabindex: 0, role: "button", "aria-pressed": "false" });
    element.dataset.code = piece.code;
    element.append(make("rect", piece.kind === "booth" ? { rx: 8 } : {}), make("text", { "aria-hidden": "true" }));
    (piece.kind === "booth" ? booths : shapes).append(element);
    elements.set(piece.code, element);
    return element;
  }

  function lay(element, { x, y, width, depth }) {
    const [rect, text, sign] = element.children;
    const edge = Math.min(0.26 * Math.min(width, depth), 70);
    if (sign) set(sign, { x: x + width - edge - 8, y: y + 8, width: edge, height: edge });
    set(rect, { x, y, width, height: depth });
    const letters = Math.max(text.textContent.length, 1);
    const upright = depth > 2 * width;
    const size = Math.max(Math.min((upright ? width : depth) * 0.5, (upright ? depth : width) / (0.65 * letters), 90), 20);
    const [cx, cy] = [x + width / 2, y + depth / 2];
    set(text, { x: cx, y: cy, "font-size": size, transform: upright ? `rotate(-90 ${cx} ${cy})` : "" });
  }

  // Where pieces would be; nothing is changed by looking.
  function preview(pieces, { lines = {}, drawn = null } = {}) {
    for (const piece of pieces) elements.has(piece.code) && lay(elements.get(piece.code), piece);
    const guides = [
      ...(lines.x == null ? [] : [make("path", { class: "plan-guide", d: `M${lines.x} 0V${state.depth}` })]),
      ...(lines.y == null ? [] : [make("path", { class: "plan-guide", d: `M0 ${lines.y}H${state.width}` })]),
      ...(drawn ? [make("rect", { class: "plan-drawn", x: drawn.x, y: drawn.y, width: drawn.width, height: drawn.depth })] : []),
    ];
    over.replaceChildren(...guides, ...(pieces.length === 1 ? handles(pieces[0]) : []));
  }

  function mark(selection) {
    for (const [code, element] of elements) {
      element.classList.toggle("plan-piece--chosen", selection.has(code));
      element.setAttribute("aria-pressed", String(selection.has(code)));
    }
    const chosen = selection.pieces(state);
    over.replaceChildren(...(chosen.length === 1 ? handles(chosen[0]) : []));
  }

  function handles({ code, x, y, width, depth }) {
    const side = Math.max(state.width / 80, 16);
    return CORNERS.map((corner) => {
      const [cx, cy] = [corner.endsWith("e") ? x + width : x, corner.startsWith("s") ? y + depth : y];
      const handle = make("rect", { class: `plan-handle plan-handle--${corner}`, x: cx - side / 2, y: cy - side / 2, width: side, height: side });
      Object.assign(handle.dataset, { corner, code });
      return handle;
    });
  }

  // A pointer's place in the hall.
  function at(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [x, y];
  }

  return {
    svg,
    place,
    show,
    preview,
    mark,
    at,
    element: (code) => elements.get(code),
    focus(code) {
      elements.get(code)?.focus({ preventScroll: true });
      elements.get(code)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    useTool: (tool) => place.classList.toggle("plan-stage--draws", tool !== "select"),
    enlarge: (factor) => svg.setAttribute("width", `${100 * factor}%`),
  };
}

function make(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
