// The welcome desk. The page works without this file: a hand scanner types into the field, Enter sends the form.
import { announce } from "./announce.js";
import { beep } from "./beep.js";
import { cameraIsGranted, cameraIsPossible, openCamera } from "./camera.js";
import { isFine, makeDesk } from "./desk-form.js";
import { makeReader } from "./qr-reader.js";

const form = document.getElementById("scan-form");
const result = document.getElementById("scan-result");
const scanner = document.getElementById("scanner");
if (form && result) start();

function start() {
  const desk = makeDesk(form, result, {
    failure: document.getElementById("scan-failure"),
    signedOut: document.getElementById("scan-signed-out"),
    onAnswer: (tone) => {
      if (document.querySelector("[data-beep]")?.checked) beep(tone);
    },
  });
  if (isFine()) form.elements.namedItem("ticket").focus({ preventScroll: true });
  if (scanner) setUpScanner(desk);
}

async function setUpScanner(desk) {
  const video = scanner.querySelector("video");
  const view = scanner.querySelector("[data-scanner-view]");
  const [on, off] = ["[data-camera-on]", "[data-camera-off]"].map((hook) => scanner.querySelector(hook));
  const without = document.querySelector("[data-without-camera]");
  let close = null;
  let wanted = false;
  let paused = false; // closed only because nobody looks at the page

  if (!cameraIsPossible()) return say(window.isSecureContext ? "none" : "insecure");
  const read = await makeReader();
  without?.toggleAttribute("hidden", true);
  on.addEventListener("click", open);
  off.addEventListener("click", () => shut({ paused: false }));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) shut({ paused: wanted });
    else if (paused) open();
  });
  display();
  if (await cameraIsGranted()) await open();

  async function open() {
    if (close || wanted) return; // already open, or being opened
    wanted = true;
    try {
      close = await openCamera(video, look);
      say("searching");
    } catch (refusal) {
      wanted = false;
      say(refusal.name === "NotAllowedError" ? "denied" : "none");
      without?.toggleAttribute("hidden", false);
    }
    display();
    // On a phone the picture comes first, and the answer right under it.
    if (close && window.matchMedia("(pointer: coarse)").matches) scanner.scrollIntoView({ block: "start" });
  }

  async function look(frame) {
    const code = await read(frame);
    if (code) desk.seen(code);
  }

  function shut(state) {
    close?.();
    close = null;
    wanted = false;
    paused = state.paused;
    say("off");
    display();
  }

  function display() {
    view.hidden = !close;
    on.hidden = Boolean(close);
    off.hidden = !close;
  }

  // The words stand in the page (data-text-…), in its language.
  function say(state) {
    const words = scanner.getAttribute(`data-text-${state}`) ?? "";
    scanner.querySelector("[data-scanner-status]").textContent = words;
    announce(words);
  }
}
