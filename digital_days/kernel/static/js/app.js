// What every page gets on top of a page that already works.
import { setUpAnnouncements } from "./announce.js";
import { setUpCopying } from "./copying.js";
import { setUpDialogs } from "./dialogs.js";
import { setUpFavourites } from "./favourites.js";
import { setUpFilters } from "./filters.js";
import { setUpMenu } from "./menu.js";
import { setUpPrinting } from "./printing.js";
import { setUpSending } from "./sending.js";
import { setUpSwaps } from "./swaps.js";
import { setUpThemeSwitch } from "./theme-switch.js";
import { setUpUnfolding } from "./unfolding.js";
import { setUpUnsaved } from "./unsaved.js";

setUpSwaps();
setUpSending();
setUpThemeSwitch();
setUpMenu();
setUpCopying();
setUpDialogs();
setUpFilters();
setUpFavourites();
setUpAnnouncements();
setUpPrinting();
setUpUnfolding();
setUpUnsaved();
