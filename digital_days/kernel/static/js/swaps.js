// htmx under a strict policy: no eval, no inline style, no page kept in this browser's storage.
import htmx from "htmx.org";

export function setUpSwaps() {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    selfRequestsOnly: true,
    scrollIntoViewOnBoost: false,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "4(09|22|29)", swap: true, error: false },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  focusOnErrors(document); // a form that came back as a whole page
  document.addEventListener("htmx:afterSettle", (event) => focusOnErrors(event.target));
  document.addEventListener("htmx:responseError", tellFailure);
  document.addEventListener("htmx:sendError", tellFailure);
}

function focusOnErrors(root) {
  const summary = root.matches?.("[data-error-summary]") ? root : root.querySelector?.("[data-error-summary]");
  summary?.focus();
}

// A reading form falls back to the plain request; one that changes something never repeats itself: the person is told.
function tellFailure(event) {
  const form = event.detail.elt.closest("form");
  if (form?.method === "get") return form.submit();
  const words = document.getElementById("swap-failure");
  document.getElementById("flashes")?.replaceChildren(words.content.cloneNode(true));
  window.scrollTo({ top: 0 });
}
