// The plan as the server knows it: asked for every few seconds while somebody looks, and answered by each change.
import { sentence } from "./words.js";

const EVERY_MS = 4000;
const MOST_UNDONE = 50;
const FACTS = ["kind", "x", "y", "width", "depth", "number", "category", "power", "network", "step_free", "note", "label_fr", "label_en"];

export function makeStore(root, { onState }) {
  let state = null;
  let held = 0; // while somebody draws, nothing moves under their hand
  let asking = false;
  let sending = Promise.resolve();
  const done = []; // how to take back each change
  const renamed = new Map(); // what was taken away and put back has a new code
  const made = new Map(); // « code version » → the version that a stroke from here has made of it

  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, EVERY_MS);

  async function refresh() {
    if (document.hidden || held || asking) return;
    asking = true;
    try {
      const headers = state ? { "If-None-Match": `"${state.version}"` } : {};
      const answer = await fetch(root.dataset.state, { headers, cache: "no-store" });
      if (answer.ok && !answer.redirected && !held) show(await answer.json(), { asked: true });
    } catch {
      // The next time will do; a change says aloud when the server cannot be reached.
    } finally {
      asking = false;
    }
  }

  // One after another. A stroke is what differs from the plan as it was then: it goes upon what strokes before it left.
  function send(put, remove, { undoing }) {
    held += 1;
    const seen = byCode(state);
    const sent = sending.then(() => post(put, remove, seen, undoing)).finally(() => (held -= 1));
    sending = sent.catch(() => {});
    return sent;
  }

  async function post(put, remove, seen, undoing) {
    const before = byCode(state);
    const body = {
      put: put.map((piece) => asSent(piece, seen.get(piece.code), before.get(piece.code))),
      remove: remove.map((piece) => asSent(piece, seen.get(piece.code), before.get(piece.code))),
    };
    try {
      const answer = await fetch(root.dataset.changes, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.redirected) return { notes: [], sentence: sentence("SignedOut") };
      const said = await answer.json();
      if (answer.ok) remember(put, remove, said, before, undoing);
      show(said.state, { asked: false });
      return { ok: answer.ok, status: answer.status, ...said };
    } catch {
      return { notes: [], sentence: sentence("Failure") };
    }
  }

  // Of a known piece: what is there now with what this stroke changes, in the version that was seen or made from here.
  function asSent(piece, seen, now) {
    const said = FACTS.filter((name) => piece[name] !== undefined);
    if (!seen) return { ...Object.fromEntries(said.map((name) => [name, piece[name]])), code: "", version: "" };
    const differs = said.filter((name) => piece[name] !== (seen[name] ?? piece[name].constructor()));
    const ground = now ?? seen;
    const facts = Object.fromEntries(FACTS.filter((name) => ground[name] !== undefined).map((name) => [name, ground[name]]));
    for (const name of differs) facts[name] = piece[name];
    return { ...facts, code: piece.code, version: mine(piece.code, seen.version) };
  }

  function mine(code, version) {
    while (made.has(`${code} ${version}`)) version = made.get(`${code} ${version}`);
    return version;
  }

  function remember(put, remove, { codes, state: next }, before, undoing) {
    const after = byCode(next);
    put.forEach((piece, at) => {
      if (piece.was) renamed.set(piece.was, codes[at]);
      const was = before.get(codes[at]);
      if (was) made.set(`${was.code} ${was.version}`, after.get(was.code)?.version);
    });
    if (undoing) return done.pop();
    const known = (piece) => before.get(piece.code) ?? [];
    const added = codes.filter((code) => !before.has(code));
    done.push({ put: put.flatMap(known), back: remove.flatMap(known), remove: added });
    if (done.length > MOST_UNDONE) done.shift();
  }

  // The last change the other way round, upon how the plan is now.
  function undoing() {
    const last = done.at(-1);
    const there = byCode(state);
    const now = (code) => {
      while (renamed.has(code)) code = renamed.get(code);
      return there.get(code);
    };
    const put = last.put.flatMap((piece) => (now(piece.code) ? [{ ...piece, code: now(piece.code).code }] : []));
    const back = last.back.map((piece) => ({ ...piece, code: "", was: piece.code }));
    return [[...put, ...back], last.remove.map(now).filter(Boolean)];
  }

  // The same again, by whoever has read what is there now; what is gone is put anew.
  function seenAnew([put, remove]) {
    const there = byCode(state);
    return [put.map((piece) => ({ ...piece, code: there.has(piece.code) ? piece.code : "" })), remove.flatMap((piece) => there.get(piece.code) ?? [])];
  }

  function show(next, { asked }) {
    const before = state;
    state = next;
    onState(next, before, { theirs: before && asked ? namesOfChanges(before, next) : [] });
  }

  return {
    refresh,
    send,
    undoing,
    seenAnew,
    hold: () => (held += 1),
    release: () => (held -= 1),
    piece: (code) => state?.pieces.find((piece) => piece.code === code),
    get state() {
      return state;
    },
    get canUndo() {
      return done.length > 0;
    },
  };
}

function byCode(state) {
  return new Map(state.pieces.map((piece) => [piece.code, piece]));
}

function namesOfChanges(before, next) {
  const known = new Map(before.pieces.map((piece) => [piece.code, piece]));
  const there = new Set(next.pieces.map((piece) => piece.code));
  const changed = next.pieces.filter((piece) => known.get(piece.code)?.version !== piece.version);
  const gone = before.pieces.filter((piece) => !there.has(piece.code));
  return [...changed, ...gone].map((piece) => piece.name);
}
