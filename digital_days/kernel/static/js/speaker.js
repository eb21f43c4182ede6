// A speaker's page: availabilities are painted, and a photo that is too heavy is told before it is sent.
import { setUpPainting } from "./painting.js";
import { setUpPhotos } from "./photos.js";

document.querySelectorAll("[data-painting]").forEach(setUpPainting);
setUpPhotos();
