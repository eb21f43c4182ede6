// Hours of the day shown, as minutes from its midnight: an evening may end past 24 h.
const DAY = 24 * 60;
const locale = document.documentElement.lang === "en" ? "en-CA" : "fr-CA";
const spoken = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });

// "2027-10-21T09:00", without offset, as the server writes it.
export function minutesOf(local, day) {
  return Math.round((Date.parse(`${local}Z`) - Date.parse(`${day}T00:00Z`)) / 60_000);
}

// The calendar's dates say what the wall clock says, in the browser's own zone.
export function minutesOfDate(date, day) {
  const wall = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes());
  return Math.round((wall - Date.parse(`${day}T00:00Z`)) / 60_000);
}

export function localOf(minutes, day) {
  return new Date(Date.parse(`${day}T00:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

export function clock(minutes) {
  const within = ((minutes % DAY) + DAY) % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

// « 9 h », « 9 h 15 », "9:15 a.m."
export function hour(minutes) {
  const [hours, rest] = clock(minutes).split(":").map(Number);
  return spoken.format(new Date(2000, 0, 1, hours, rest)).replace(/\sh\s00$/, " h");
}
