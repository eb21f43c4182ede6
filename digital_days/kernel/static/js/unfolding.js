// Whoever follows a link to a folded part of the page comes to read it.
export function setUpUnfolding() {
  unfold();
  addEventListener("hashchange", unfold);
}

function unfold() {
  const aim = document.getElementById(location.hash.slice(1));
  const folded = aim?.closest("details");
  if (folded) folded.open = true;
}
