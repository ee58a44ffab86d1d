// The editor of the street: found by its data-attribute on the one page that carries this script.
import { Editor } from "../site/editor.js";

const root = document.querySelector("[data-site]");
if (root) {
  root.hidden = false;
  document.querySelector("[data-site-skip]").hidden = false;
  document.querySelector("[data-site-without]").hidden = true;
  new Editor(root, { window, document }).start();
}
