// Asks for the day again and again: what is asked for is small, and a lost network is noticed within seconds.
const EVERY_MS = 2000;
const PATIENCE_MS = 4000;

export function followDay(url, known, { onAnswer, onLost }) {
  let mark = known;
  let timer = 0;
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  timer = setTimeout(ask, EVERY_MS);

  async function ask() {
    clearTimeout(timer);
    const sent = performance.now();
    try {
      const address = `${url}?connu=${mark}`;
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      mark = told.mark;
      onAnswer(told, sent, performance.now());
    } catch {
      onLost();
    }
    clearTimeout(timer); // asked twice at once
    timer = setTimeout(ask, EVERY_MS);
  }
}
