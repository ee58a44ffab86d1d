// What every page carries. A behaviour is one module, found by its data-attribute; the page works without it.
import { lookAgain } from "./again.js";
import { watchConditions } from "./conditions.js";
import { countCharacters } from "./count.js";
import { focusFirst } from "./focus.js";
import { keepTyped, watchConnection } from "./keep.js";
import { loadFolds } from "./load.js";
import { watchMany } from "./many.js";
import { watchPicks } from "./picks.js";
import { watchPower } from "./power.js";
import { renewOften, renewTyped } from "./renew.js";
import { listenToRows } from "./rows.js";
import { offerSharing } from "./share.js";
import { watchUpload } from "./upload.js";

keepTyped(document, window);
watchConnection(document, window);
focusFirst(document); // After it is known what is still wrong.
lookAgain(document, window);
listenToRows(document);
loadFolds(document, window);
watchConditions(document);
countCharacters(document);
watchMany(document);
watchPicks(document, window);
watchPower(document);
watchUpload(document, window);
renewOften(document, window);
renewTyped(document, window);
offerSharing(document, window);
