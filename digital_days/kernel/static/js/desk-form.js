// Sends tickets, and the buttons marked data-desk, one after the other; each answer appears in #scan-result.
const SAME_CODE_MS = 3000;
const SETTLING_MS = 1500;
const FINGER_PX = 24;

// A mouse, and so perhaps a hand scanner that types; a finger would only open the keyboard of the screen.
export const isFine = () => window.matchMedia("(pointer: fine)").matches;

export function makeDesk(form, result, { onAnswer, failure, signedOut }) {
  const field = form.elements.namedItem("ticket");
  const seenAt = new Map(); // by code: a ticket lingers before the camera while somebody types another
  let queue = Promise.resolve();
  let byKeyboard = false;
  let shownAt = 0;
  let lastTap = { clientX: -FINGER_PX, clientY: -FINGER_PX };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    field.value = "";
    field.focus({ preventScroll: true });
    if (code) enqueue(code);
  });

  document.addEventListener("click", (event) => {
    byKeyboard = event.detail === 0;
    if (byKeyboard) return;
    if (isSecondTap(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
    lastTap = event;
  }, true);
  document.addEventListener("submit", (event) => {
    const button = event.target.closest("form[data-desk]");
    if (!button) return;
    event.preventDefault();
    const stays = byKeyboard && !result.contains(button);
    push(button.action, new URLSearchParams(new FormData(button)), () => stays || goHome());
  });
  if (result.querySelector("[data-tone]")) bringIntoView(); // a page that came with its answer

  // An answer moves what is under the finger: the second tap of a double one must not undo what the first has done.
  function isSecondTap({ target, clientX, clientY }) {
    if (Date.now() - shownAt > SETTLING_MS) return false;
    const isNear = Math.hypot(clientX - lastTap.clientX, clientY - lastTap.clientY) < FINGER_PX;
    return result.contains(target) || (isNear && Boolean(target.closest("[data-desk]")));
  }

  // A hand scanner ends with Enter, which must never press a button again: the mouse gives the focus back.
  function goHome() {
    (isFine() ? field : result).focus({ preventScroll: true });
    bringIntoView();
  }

  // The list of names is longer than a screen: green or red must be seen from wherever the button was.
  function bringIntoView() {
    const seen = window.visualViewport?.height ?? window.innerHeight;
    const { top, bottom } = (result.querySelector("h2") ?? result).getBoundingClientRect();
    if (top < 0 || bottom > seen) result.scrollIntoView({ block: "start" });
  }

  function seen(code) {
    const repeated = Date.now() - (seenAt.get(code) ?? 0) < SAME_CODE_MS;
    seenAt.set(code, Date.now());
    if (!repeated) enqueue(code);
  }

  function enqueue(code) {
    seenAt.set(code, Date.now());
    const body = new URLSearchParams(new FormData(form));
    body.set("ticket", code);
    push(form.action, body, bringIntoView);
  }

  function push(action, body, then) {
    queue = queue
      .then(() => send(action, body))
      .catch(() => show(failure.content.cloneNode(true)))
      .then(then);
  }

  async function send(action, body) {
    result.setAttribute("aria-busy", "true");
    const answer = await fetch(action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.redirected) return show(signedOut.content.cloneNode(true)); // to the page that signs in
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.getElementById("scan-result") ?? page.body;
    if (!told.querySelector("[data-tone]")) throw new Error(`desk answered ${answer.status}`);
    show(...told.childNodes);
  }

  function show(...nodes) {
    result.replaceChildren(...nodes);
    result.removeAttribute("aria-busy");
    shownAt = Date.now();
    document.dispatchEvent(new CustomEvent("desk-answer")); // lists on the page bring themselves up to date
    onAnswer(result.querySelector("[data-tone]")?.dataset.tone ?? "error");
  }

  return { seen };
}
