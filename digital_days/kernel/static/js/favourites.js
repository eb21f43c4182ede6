// Hearts change in place. Pages that all readers share know nobody's favourites: whoever has no account keeps theirs
// in a cookie, and this presses their hearts. Without scripts a heart is a form that comes back to the page.
import { announce } from "./announce.js";

export function setUpFavourites() {
  pressKept();
  document.addEventListener("htmx:afterSettle", pressKept);
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-favourite]");
    if (!form) return;
    event.preventDefault();
    change(form);
  });
  // A page that comes back as it was left: its hearts may have changed on another one since.
  window.addEventListener("pageshow", (event) => {
    const [arrival] = performance.getEntriesByType("navigation");
    if (event.persisted || arrival?.type === "back_forward") askAgain();
  });
}

const hearts = () => [...document.querySelectorAll("form[data-favourite]")];

function pressKept() {
  const kept = document.cookie.match(/(?:^|; )(?:__Host-)?favourites=([^;]*)/)?.[1].split(".") ?? [];
  for (const form of hearts()) if (kept.includes(form.dataset.favourite)) show(form, true);
}

async function change(form) {
  const wanted = form.elements.wanted.value;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "hx-request": "true" },
      body: new URLSearchParams({ wanted }),
    });
    if (!answer.ok) throw new Error(answer.status);
    for (const each of hearts()) if (each.dataset.favourite === form.dataset.favourite) show(each, wanted === "yes");
    announce(await answer.text());
  } catch {
    form.submit(); // a page says what is wrong; wanting the same twice changes nothing
  }
}

async function askAgain() {
  const [first] = hearts();
  if (!first) return;
  const answer = await fetch(first.action.replace(/\/[^/]+$/, ".json")).catch(() => null);
  if (!answer?.ok) return;
  const kept = await answer.json();
  for (const form of hearts()) show(form, kept.includes(form.dataset.favourite));
}

function show(form, pressed) {
  form.querySelector("button").setAttribute("aria-pressed", String(pressed));
  form.elements.wanted.value = pressed ? "no" : "yes";
}
