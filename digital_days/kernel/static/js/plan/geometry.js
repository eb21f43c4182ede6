// Places on the plan, in whole centimetres. Pure.
export const SMALLEST = 10;
const USUAL = { booth: [300, 200], aisle: [600, 200], entrance: [200, 40], obstacle: [60, 60], label: [300, 100] };

export const snapped = (value, step) => Math.round(value / step) * step;
const clamped = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

// Between two corners, whichever way they were drawn.
export function rectangle([ax, ay], [bx, by]) {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), depth: Math.abs(ay - by) };
}

export function around(pieces) {
  const x = Math.min(...pieces.map((piece) => piece.x));
  const y = Math.min(...pieces.map((piece) => piece.y));
  return { x, y, width: Math.max(...pieces.map((piece) => piece.x + piece.width)) - x, depth: Math.max(...pieces.map((piece) => piece.y + piece.depth)) - y };
}

export const touches = (one, other) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.depth && other.y < one.y + one.depth;

// How far to go so that an edge meets that of a neighbour or of the hall, else the grid; with the lines that are met.
export function pull(box, others, hall, step) {
  const axis = (name, size, length) => {
    const edges = [0, length, ...others.flatMap((other) => [other[name], other[name] + other[size]])];
    let best = null;
    for (const mine of [box[name], box[name] + box[size]]) {
      for (const edge of edges) {
        const by = edge - mine;
        if (Math.abs(by) <= step * 0.6 && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line: edge };
      }
    }
    const by = best ? best.by : snapped(box[name], step) - box[name];
    return { by: clamped(box[name] + by, 0, length - box[size]) - box[name], line: best?.line ?? null };
  };
  const [h, v] = [axis("x", "width", hall.width), axis("y", "depth", hall.depth)];
  return { dx: h.by, dy: v.by, lines: { x: h.line, y: v.line } };
}

export function moved(piece, dx, dy) {
  return { ...piece, x: Math.max(0, piece.x + dx), y: Math.max(0, piece.y + dy) };
}

export function resized(piece, dw, dd) {
  return { ...piece, width: Math.max(SMALLEST, piece.width + dw), depth: Math.max(SMALLEST, piece.depth + dd) };
}

export const inOrderOfPlace = (pieces) => [...pieces].sort((a, b) => a.y - b.y || a.x - b.x);
const changedOf = (pieces, next) => pieces.map(next).filter((piece, at) => piece.x !== pieces[at].x || piece.y !== pieces[at].y);

export const alignLeft = (pieces) => changedOf(pieces, (piece) => ({ ...piece, x: around(pieces).x }));
export const alignTop = (pieces) => changedOf(pieces, (piece) => ({ ...piece, y: around(pieces).y }));
export const across = (pieces) => spread(pieces, "x", "width");
export const down = (pieces) => spread(pieces, "y", "depth");

// The same gap between all, from the first to the last.
function spread(pieces, name, size) {
  const ordered = [...pieces].sort((a, b) => a[name] - b[name]);
  const [first, last] = [ordered[0], ordered.at(-1)];
  const taken = ordered.reduce((sum, piece) => sum + piece[size], 0);
  const gap = (last[name] + last[size] - first[name] - taken) / (ordered.length - 1);
  let at = first[name];
  return changedOf(ordered, (piece) => {
    const here = { ...piece, [name]: Math.max(0, Math.round(at)) };
    at += piece[size] + gap;
    return here;
  });
}

// Beside the originals where there is room, else below them; numbers are the server's to give.
export function duplicates(pieces, hall) {
  const box = around(pieces);
  const [dx, dy] = box.x + 2 * box.width <= hall.width ? [box.width, 0] : [0, box.depth];
  return pieces.map((piece) => ({ ...moved(piece, dx, dy), code: "", version: "", number: "" }));
}

// The first place, row by row, where a piece of the usual size lies on nothing else.
export function freeSpot(state, kind) {
  const [width, depth] = USUAL[kind];
  const taken = state.pieces.filter((piece) => piece.kind !== "label");
  for (let y = 0; y + depth <= state.depth; y += 50) {
    for (let x = 0; x + width <= state.width; x += 50) {
      const here = { kind, x, y, width, depth, step_free: kind === "booth" };
      if (!taken.some((piece) => touches(piece, here))) return here;
    }
  }
  return { kind, x: 0, y: 0, width, depth, step_free: kind === "booth" };
}
