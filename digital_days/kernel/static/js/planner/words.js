// What happened, on screen and aloud. The sentences stand in the page (data-text-…), in its language.
import { announce } from "../announce.js";

const place = document.getElementById("planner-message");

export function sentence(name, values = {}) {
  const text = place.dataset[`text${name}`] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function tell(text, kind = "info") {
  if (!text) return;
  place.className = `planner-message planner-message--${kind}`;
  place.textContent = text;
  announce(text);
}
