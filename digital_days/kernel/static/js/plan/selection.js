// Which pieces are chosen, by their codes.
export function makeSelection({ onChange }) {
  let codes = new Set();

  function only(wanted) {
    codes = new Set(wanted);
    onChange();
  }

  function toggle(code) {
    if (!codes.delete(code)) codes.add(code);
    onChange();
  }

  // What is gone is chosen no more; nobody is told, the plan is being shown anew anyway.
  function keep(there) {
    codes = new Set([...codes].filter((code) => there.has(code)));
  }

  return {
    only,
    toggle,
    keep,
    has: (code) => codes.has(code),
    pieces: (state) => state?.pieces.filter((piece) => codes.has(piece.code)) ?? [],
    get size() {
      return codes.size;
    },
  };
}
