// Words of a page with a § for each value that is put in, and times as a clock shows them.
export function fill(pattern, ...values) {
  return values.reduce((text, value) => text.replace("§", value), pattern);
}

// Rounded up: nothing is left when it says so.
export function inDigits(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
