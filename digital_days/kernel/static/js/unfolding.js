// Whoever follows a link to a folded part of the page comes to read it.
export function setUpUnfolding() {
  unfold();
  addEventListener("hashchange", unfold);
}

function unfold() {
  const aim = document.getElementById(location.hash.slice(1));
  if (aim?.matches("details")) aim.open = true;
}
