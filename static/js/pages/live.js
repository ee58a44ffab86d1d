// Pages that renew themselves, found by their data-attribute: the control room and its large screen carry this script.
import { Live, fit, stayAwake } from "../live.js";

const root = document.querySelector("[data-live]");
const isScreen = root && "screen" in root.dataset;
if (root) new Live(root, { window, document, onShow: () => isScreen && fit(root, { window, document }) }).start();
if (isScreen) stayAwake({ navigator, document });
