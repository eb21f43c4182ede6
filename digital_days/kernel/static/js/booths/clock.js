// How much of an option is left: shown every second, said aloud at five minutes, at one, and when it is over.
import { announce } from "../announce.js";

const SHOWN_WITHIN = 3600; // seconds; a day is better said by its hour, which the page does

export function setUpClock(box) {
  const clock = box.querySelector("[data-clock]");
  const words = box.dataset;
  const over = Date.now() + 1000 * Number(words.secondsLeft);
  const said = [
    { at: 300, words: words.textFive },
    { at: 60, words: words.textOne },
  ].filter(({ at }) => Number(words.secondsLeft) > at);

  const timer = setInterval(tick, 1000);
  tick();

  function tick() {
    const left = Math.max(0, Math.round((over - Date.now()) / 1000));
    clock.hidden = left > SHOWN_WITHIN;
    clock.textContent = left ? words.textLeft.replace("§", inWords(left)) : words.textOver;
    while (said.length && left <= said[0].at) {
      const passed = said.shift();
      if (left && (!said.length || left > said[0].at)) announce(passed.words);
    }
    if (left) return;
    clearInterval(timer);
    box.classList.add("booth-clock--over");
    announce(words.textOver);
  }
}

function inWords(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = `${seconds % 60}\u00a0s`;
  return minutes ? `${minutes}\u00a0min\u00a0${rest}` : rest;
}
