// Booths live, and the clock of an option. The pages work without this file: forms send, times are written out.
import { setUpClock } from "./booths/clock.js";
import { followPlan } from "./booths/follow.js";
import { makeBooths } from "./booths/states.js";

const clock = document.querySelector("[data-seconds-left]");
if (clock) setUpClock(clock);

const section = document.querySelector("[data-booths][data-follow]");
if (section) {
  const booths = makeBooths(section);
  followPlan(section.dataset.follow, { onAll: booths.showAll, onChanged: booths.showChanged });
}
