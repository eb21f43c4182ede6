// The moderator's page and the tables' pages: what is left counts down, and what others have noted appears by itself.
import { announce } from "./announce.js";
import { inDigits } from "./day/words.js";

const TICK_MS = 500;
const EVERY_MS = 3000;
const PATIENCE_MS = 5000;

let shownAt = performance.now();
setInterval(count, TICK_MS);
count();
const day = document.querySelector("[data-follow][data-mark]");
if (day) follow(day);

function count() {
  for (const each of document.querySelectorAll("[data-countdown]")) {
    const passed = "stopped" in each.dataset ? 0 : performance.now() - shownAt;
    each.textContent = inDigits(Math.max(0, Number(each.dataset.countdown) - passed));
  }
}

function follow(region) {
  let isLost = false;
  const next = () => setTimeout(ask, EVERY_MS);
  next();

  async function ask() {
    if (document.hidden) return next();
    try {
      const address = `${region.dataset.follow}?connu=${region.dataset.mark}`;
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.redirected) return location.reload(); // signed out: the page itself says so
      if (answer.status === 200) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (isLost) document.getElementById("flashes").replaceChildren();
      isLost = false;
    } catch {
      if (!isLost) tellLost();
      isLost = true;
    }
    next();
  }

  // Open stays open, and the focus stays where it was.
  function replace(page) {
    const fresh = page.getElementById(region.id);
    if (!fresh) return;
    for (const each of region.querySelectorAll("details[id]")) {
      fresh.querySelector(`#${each.id}`)?.toggleAttribute("open", each.open);
    }
    const focused = [...region.querySelectorAll("button, a, summary")].indexOf(document.activeElement);
    const words = document.activeElement?.textContent;
    region.replaceChildren(...fresh.childNodes);
    region.dataset.mark = fresh.dataset.mark;
    shownAt = performance.now();
    count();
    const same = focused >= 0 && [...region.querySelectorAll("button, a, summary")].find((each) => each.textContent === words);
    if (same) same.focus({ preventScroll: true });
  }

  function tellLost() {
    const box = document.createElement("p");
    box.className = "notice notice--warning";
    box.textContent = region.dataset.textLost;
    document.getElementById("flashes").replaceChildren(box);
    announce(region.dataset.textLost);
  }
}
