// Sends tickets one after the other through the page's own form and shows the answer in #scan-result.
const SAME_CODE_MS = 3000;

export function makeDesk(form, result, { onAnswer, failure }) {
  const field = form.elements.namedItem("ticket");
  let last = { code: "", at: 0 };
  let queue = Promise.resolve();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    field.value = "";
    field.focus();
    if (code) enqueue(code);
  });

  function seen(code) {
    const repeated = code === last.code && Date.now() - last.at < SAME_CODE_MS;
    last = { code, at: Date.now() };
    if (!repeated) enqueue(code);
  }

  function enqueue(code) {
    last = { code, at: Date.now() };
    queue = queue.then(() => send(code)).catch(() => show(failure.content.cloneNode(true)));
  }

  async function send(code) {
    result.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form));
    body.set("ticket", code);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.status >= 500 || answer.redirected) throw new Error(`desk answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(...(page.getElementById("scan-result") ?? page.body).childNodes);
  }

  function show(...nodes) {
    result.replaceChildren(...nodes);
    result.removeAttribute("aria-busy");
    onAnswer(result.querySelector("[data-tone]")?.dataset.tone ?? "error");
  }

  return { seen };
}
