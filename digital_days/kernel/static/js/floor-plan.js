// The floor plan drawn in the browser. The page works without this file: the plan leads to forms.
import { showFindings } from "./plan/findings.js";
import { across, alignLeft, alignTop, down, duplicates, freeSpot, inOrderOfPlace } from "./plan/geometry.js";
import { makeHand } from "./plan/hand.js";
import { makeKeys } from "./plan/keys.js";
import { makePanel } from "./plan/panel.js";
import { makeSelection } from "./plan/selection.js";
import { makeStage } from "./plan/stage.js";
import { makeStore } from "./plan/store.js";
import { metres, sentence, tell } from "./plan/words.js";

const root = document.getElementById("plan-drawing");
if (root) start();

function start() {
  root.classList.add("plan-drawing--live");
  const snap = document.getElementById("plan-snap");
  const acts = document.getElementById("plan-acts");
  const again = document.getElementById("plan-again");
  const undo = root.querySelector("[data-act=undo]");
  const tool = () => root.querySelector("[name=plan-tool]:checked").value;
  let refused = null;

  const store = makeStore(root, { onState });
  const selection = makeSelection({ onChange: onSelection });
  const stage = makeStage(document.getElementById("plan-stage"), { store, selection, root });
  const panel = makePanel(document.getElementById("plan-panel"), { onChanged: (piece) => change([piece]) });
  const editing = { store, stage, selection, tool, step: () => Number(snap.value), change, add };
  makeHand(editing);
  const keys = makeKeys({ ...editing, act });

  document.getElementById("plan-size").addEventListener("change", ({ target }) => stage.enlarge(Number(target.value)));
  root.addEventListener("change", ({ target }) => target.name === "plan-tool" && stage.useTool(tool()));
  root.addEventListener("click", ({ target }) => {
    const wanted = target.closest("[data-act]")?.dataset.act;
    if (wanted) act(wanted);
  });
  document.getElementById("findings").addEventListener("click", goToPiece);
  again.addEventListener("click", () => refused && change(...store.seenAnew(refused)));
  store.refresh();

  function onState(state, before, { theirs }) {
    selection.keep(new Set(state.pieces.map((piece) => piece.code)));
    stage.show(state, theirs);
    showFindings(state.findings, state.pieces);
    onSelection();
    if (theirs.length) tell(sentence("Theirs", { names: theirs.join(", ") }), "theirs");
    undo.disabled = !store.canUndo;
    const taking = document.getElementById("plan-take"); // a whole plan is taken over into an empty hall only
    if (taking) taking.hidden = state.pieces.length > 0;
  }

  function onSelection() {
    const chosen = selection.pieces(store.state);
    acts.hidden = !chosen.length;
    for (const button of acts.querySelectorAll("[data-act]")) {
      button.disabled = chosen.length < ({ duplicate: 1, remove: 1, across: 3, down: 3 }[button.dataset.act] ?? 2);
    }
    stage.mark(selection);
    panel.show(chosen.length === 1 ? chosen[0] : null);
  }

  // All of it or nothing; what another organiser has changed meanwhile is told, and may be done all the same.
  async function change(put, remove = [], { undoing = false } = {}) {
    const answer = await store.send(put, remove, { undoing });
    refused = answer.ok ? null : [put, remove];
    again.hidden = answer.ok || answer.status !== 409;
    if (!answer.ok) {
      stage.show(store.state, []);
      return tell(answer.sentence, "refused");
    }
    tell([told(put, remove, answer, undoing), ...answer.notes].join(" "), answer.notes.length ? "notes" : "done");
    return answer.codes;
  }

  function told(put, remove, { codes }, undoing) {
    if (undoing) return sentence("Undone");
    if (!put.length) return sentence("Removed", { name: remove.map((piece) => piece.name).join(", ") });
    if (put.length > 1) return sentence("SavedMany", { count: put.length });
    const piece = store.piece(codes[0]);
    return piece ? sentence("Saved", { name: piece.name, ...inMetres(piece) }) : "";
  }

  async function add(piece) {
    const codes = await change([piece]);
    if (!codes) return;
    selection.only(codes);
    stage.focus(codes[0]);
  }

  function act(wanted) {
    keys.settle();
    const chosen = inOrderOfPlace(selection.pieces(store.state));
    if (wanted === "undo") return store.canUndo && change(...store.undoing(), { undoing: true });
    if (wanted === "place") return tool() !== "select" && add(freeSpot(store.state, tool()));
    if (!chosen.length) return;
    if (wanted === "remove") return change([], chosen);
    if (wanted === "duplicate") return change(duplicates(chosen, store.state)).then((codes) => codes && selection.only(codes));
    const arranged = { left: alignLeft, top: alignTop, across, down }[wanted](chosen);
    if (arranged.length) change(arranged);
  }

  // Links of what was found choose the piece in the drawing.
  function goToPiece(event) {
    const code = event.target.closest("[data-piece]")?.dataset.piece;
    if (!code || !store.piece(code)) return;
    event.preventDefault();
    selection.only([code]);
    stage.focus(code);
  }
}

function inMetres(piece) {
  return Object.fromEntries(["x", "y", "width", "depth"].map((name) => [name, metres(piece[name])]));
}
