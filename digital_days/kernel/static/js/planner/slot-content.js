// What stands in a slot of the grid: one button that says title, hours, room, and what is wrong with it in words.
const icon = document.getElementById("conflict-icon");

export function slotButton(slot, hours) {
  const title = line("span", "planned-title", slot.title);
  if (slot.conflicts.length) title.prepend(icon.content.cloneNode(true)); // seen where the words have no room
  const button = line("button", "planned-button", "");
  button.type = "button";
  button.dataset.slot = slot.code;
  button.append(
    title,
    line("span", "planned-hours", hours),
    line("span", "visually-hidden", slot.room_name),
    ...slot.conflicts.map((conflict) => conflictLine(conflict)),
  );
  return button;
}

export function conflictLine({ sentence, hard }) {
  const made = line("span", `conflict-of${hard ? " conflict-of--hard" : ""}`, "");
  made.append(icon.content.cloneNode(true), line("span", "", sentence));
  return made;
}

export function roomContent({ resource }) {
  const about = resource.extendedProps.about;
  return { domNodes: [line("span", "planned-room", resource.title), ...(about ? [line("span", "planned-about", about)] : [])] };
}

function line(tag, className, textContent) {
  return Object.assign(document.createElement(tag), { className, textContent });
}
