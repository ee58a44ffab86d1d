import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.js";

function folded(open) {
  const shown = [];
  const link = { href: "/mail", parentElement: { replaceWith: (part) => shown.push(part) } };
  return { shown, fold: { open, dataset: { load: "[data-mail]" }, querySelector: () => (shown.length ? null : link) } };
}

/** A window whose server answers so; `asked` is what was fetched. */
function windowThat(answer) {
  const asked = [];
  const fetch = (address) => {
    asked.push(address);
    return answer();
  };
  const page = (text) => ({ querySelector: (mark) => (text ? `${mark} of ${text}` : null) });
  class DOMParser {
    parseFromString(text) {
      return page(text);
    }
  }
  return { asked, fetch, DOMParser };
}

const ok = async () => ({ ok: true, text: async () => "the page" });

test("what is unfolded is fetched once, and what stays folded isn't", async () => {
  const { fold, shown } = folded(false);
  const window = windowThat(ok);
  await load(fold, window);
  assert.deepEqual([window.asked, shown], [[], []]);
  fold.open = true;
  await Promise.all([load(fold, window), load(fold, window)]);
  await load(fold, window);
  assert.deepEqual([window.asked, shown], [["/mail"], ["[data-mail] of the page"]]);
});

test("where it can't be had, the link stays, and unfolding again tries again", async () => {
  const { fold, shown } = folded(true);
  for (const answer of [async () => ({ ok: false }), () => Promise.reject(new Error("offline")), ok]) await load(fold, windowThat(answer));
  assert.equal(shown.length, 1);
});
