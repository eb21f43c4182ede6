// What is said of the chosen piece, to be written; each field is saved when it is left.
import { centimetres, metres, sentence } from "./words.js";

const LENGTHS = ["x", "y", "width", "depth"];

export function makePanel(place, { onChanged }) {
  let shown = null;

  function show(piece) {
    if (!piece) {
      shown = null;
      place.hidden = true;
      return place.replaceChildren();
    }
    const same = shown?.code === piece.code;
    shown = piece;
    if (!same) {
      place.replaceChildren(document.getElementById(piece.kind === "booth" ? "panel-booth" : "panel-shape").content.cloneNode(true));
      const form = place.querySelector("form");
      form.addEventListener("change", save);
      form.addEventListener("submit", (event) => event.preventDefault());
    }
    place.hidden = false;
    place.querySelector("[data-title]").textContent = piece.name;
    const who = place.querySelector("[data-who]");
    if (who) Object.assign(who, { hidden: !piece.who, textContent: piece.who ? sentence(piece.state === "held" ? "Held" : "Taken", piece) : "" });
    for (const field of place.querySelectorAll("[name]")) if (!same || field !== document.activeElement) fill(field, piece[field.name]);
  }

  function save({ target }) {
    const { name } = target;
    const value = target.type === "checkbox" ? target.checked : LENGTHS.includes(name) ? centimetres(target.value) : target.value.trim();
    if (value === null) return fill(target, shown[name]);
    onChanged({ ...shown, [name]: value });
  }

  function fill(field, value) {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = LENGTHS.includes(field.name) ? metres(value) : value ?? "";
  }

  return { show };
}
