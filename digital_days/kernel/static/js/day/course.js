// Where a day stands, in the same words as matchmaking/domain/course.py; times are the server's, in milliseconds.
export function standingOf({ rounds, paused }, now) {
  const at = paused === null ? now : Math.min(now, paused);
  const current = rounds.find(({ from, to }) => from <= at && at < to) ?? null;
  const following = rounds.find(({ from }) => from > at) ?? null;
  if (current) return { phase: "round", current, following, left: current.to - at };
  if (following) return { phase: "wait", current: null, following, left: following.from - at };
  return { phase: "over", current: null, following: null, left: 0 };
}
