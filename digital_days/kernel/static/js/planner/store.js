// The day as the server knows it: asked for every few seconds while somebody looks, and answered by each move.
import { sentence } from "./words.js";

const EVERY_MS = 4000;

export function makeStore(root, { onState }) {
  let state = null;
  let held = 0; // while somebody drags, nothing moves under their hand
  let asking = false;

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
      // The next time will do; a move says aloud when the server cannot be reached.
    } finally {
      asking = false;
    }
  }

  // The sentence is empty when the schedule has taken it.
  async function send(kind, code, fields) {
    held += 1;
    try {
      const answer = await fetch(root.dataset[kind].replace("__CODE__", code), {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(fields),
      });
      if (answer.redirected) return { sentence: sentence("SignedOut") };
      const said = await answer.json();
      show(said.state, { asked: false });
      return { ok: answer.ok, sentence: said.sentence };
    } catch {
      return { sentence: sentence("Failure") };
    } finally {
      held -= 1;
    }
  }

  function show(next, how) {
    const before = state;
    state = next;
    onState(next, before, how);
  }

  return {
    refresh,
    send,
    again: () => held || onState(state, state, { asked: false }), // as it was before a hand moved something in vain
    hold: () => (held += 1),
    release: () => (held -= 1),
    get state() {
      return state;
    },
    slot: (code) => state?.slots.find((slot) => slot.code === code),
  };
}
