// The server's clock, told from our own by what the server says and how long its words took; it goes on without them.
const ASTRAY_MS = 1500; // so far off, we were asleep or somebody has set a clock

export function makeTime(now) {
  let offset = now - performance.now();
  let shortest = Infinity;

  function learn(said, sent, received) {
    const trip = received - sent;
    const found = said + trip / 2 - received;
    if (trip > shortest && Math.abs(found - offset) < ASTRAY_MS) return;
    offset = found;
    shortest = trip;
  }

  return { learn, now: () => performance.now() + offset };
}
