// A form on its way says so, and is sent once: on a slow network people press again.
import { announce } from "./announce.js";

const PATIENCE_MS = 20_000; // then whoever has stopped the page may try again; the server takes nothing twice

export function setUpSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-desk")) return;
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    // Only once the browser has taken the form's data, and unless another script has taken it over.
    setTimeout(() => event.defaultPrevented || hold(form, event.submitter?.querySelector("span")));
  });
  // A page that comes back from the browser's memory is not on its way any more.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(release);
  });
}

function hold(form, label) {
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), PATIENCE_MS);
  if (!label) return;
  label.dataset.ready = label.textContent;
  label.textContent = document.body.dataset.textSending;
  announce(label.textContent);
}

function release(form) {
  form.removeAttribute("aria-busy");
  for (const label of form.querySelectorAll("[data-ready]")) label.textContent = label.dataset.ready;
}
