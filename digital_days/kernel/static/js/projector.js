// The screen in the hall. It knows the whole day from the start and counts by itself: it goes on without a network.
import { announce } from "./announce.js";
import { standingOf } from "./day/course.js";
import { followDay } from "./day/feed.js";
import { makeGong } from "./day/gong.js";
import { makeScreen } from "./day/screen.js";
import { makeTime } from "./day/time.js";
import { fill } from "./day/words.js";

const TICK_MS = 200;
const FLASH_MS = 7000;
const ASLEEP_MS = 5000; // what happened while nobody counted is not rung afterwards

const root = document.querySelector("[data-projector]");
if (root) start(root);

function start(root) {
  const words = root.dataset;
  const [status, flash, sound, full] = ["status", "flash", "sound", "full"].map((name) =>
    root.querySelector(`[data-${name}]`),
  );
  const gong = makeGong();
  const screen = makeScreen(root);
  let told = JSON.parse(words.told);
  let day = told.day;
  let before = null;
  let flashed = 0;
  const time = makeTime(told.now);

  followDay(words.follow, told.mark, {
    onAnswer(answer, sent, received) {
      time.learn(answer.now, sent, received);
      day = answer.day ?? day;
      told = answer;
      status.hidden = true;
      tick();
    },
    onLost() {
      status.textContent = fill(words.textOffline, told.said);
      status.hidden = false;
    },
  });
  setUpTools();
  setInterval(tick, TICK_MS);
  tick();

  function tick() {
    const now = time.now();
    const standing = standingOf(day, now);
    const key = `${standing.phase} ${standing.current?.number ?? ""}`;
    if (before && before.key !== key && now - before.now < ASLEEP_MS) ring(standing);
    before = { key, now };
    if (performance.now() - flashed > FLASH_MS) flash.hidden = true;
    screen.show(day, standing, now);
  }

  function ring({ phase, current }) {
    const text = phase === "round" ? fill(words.textBegins, current.number) : words[phase === "wait" ? "textEnds" : "textOver"];
    flash.textContent = text;
    flash.hidden = false;
    flashed = performance.now();
    gong.strike(phase === "round" ? 1 : 2);
    announce(text);
  }

  function setUpTools() {
    sound.hidden = false;
    sound.addEventListener("click", async () => {
      await gong.open();
      gong.strike(1);
      sound.hidden = true;
      keepAwake();
    });
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
  }
}

// A lock that the browser takes back whenever nobody looks at the page; without it, the screen may sleep.
async function keepAwake() {
  const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}
