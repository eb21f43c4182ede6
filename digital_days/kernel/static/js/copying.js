// Buttons that copy a text of the page exist only where the browser lets them; what they did is shown and said.
import { announce } from "./announce.js";

export function setUpCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      } catch {
        button.hidden = true; // the text beside it can still be selected
        return;
      }
      button.querySelector("span").textContent = button.dataset.copied;
      announce(button.dataset.copied);
    });
  }
}
