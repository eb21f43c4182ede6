// Which booths are not free, as the server tells it; where it cannot tell by itself, it is asked again and again.
const ASK_EVERY_MS = 5000;

export function followPlan(url, { onAll, onChanged }) {
  if (!("EventSource" in window)) return askAgainAndAgain();
  const source = new EventSource(url);
  source.addEventListener("all", (event) => onAll(JSON.parse(event.data)));
  source.addEventListener("changed", (event) => onChanged(JSON.parse(event.data)));
  // A lost connection comes back by itself; one that was refused never does.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) askAgainAndAgain();
  });
  addEventListener("pagehide", () => source.close());

  function askAgainAndAgain() {
    const timer = setInterval(ask, ASK_EVERY_MS);
    addEventListener("pagehide", () => clearInterval(timer));
    ask();
  }

  async function ask() {
    if (document.hidden) return;
    try {
      const answer = await fetch(url, { headers: { accept: "application/json" } });
      if (answer.ok) onAll(await answer.json());
    } catch {
      // the next one may get through
    }
  }
}
