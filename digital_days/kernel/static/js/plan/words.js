// What happened, on screen and aloud. The sentences stand in the page (data-text-…), in its language.
import { announce } from "../announce.js";

const place = document.getElementById("plan-message");
const comma = document.documentElement.lang === "en" ? "." : ",";

export function sentence(name, values = {}) {
  const text = place.dataset[`text${name}`] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function tell(text, kind = "info") {
  if (!text) return;
  place.className = `plan-message plan-message--${kind} plan-live`;
  place.textContent = text;
  announce(text);
}

export function metres(cm) {
  return (cm / 100).toFixed(2).replace(".", comma);
}

// Nothing where no length is written.
export function centimetres(text) {
  const written = text.trim().replace(/\s*m$/, "").replace(",", ".");
  return /^\d+(\.\d*)?$/.test(written) ? Math.round(Number(written) * 100) : null;
}
