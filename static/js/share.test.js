import assert from "node:assert/strict";
import { test } from "node:test";

import { offerSharing } from "./share.js";

/** A frame with its two buttons, and a navigator that can what it is told. */
function offered(navigator) {
  const button = () => ({ addEventListener(_name, act) { this.press = act; } });
  const parts = { "[data-share-it]": button(), "[data-copy-it]": button(), "[role=status]": {} };
  const frame = { hidden: true, dataset: { share: "/passes/x", copied: "Copied.", refused: "Not copied." }, querySelector: (mark) => parts[mark] };
  offerSharing({ querySelectorAll: () => [frame] }, { navigator });
  return { frame, share: parts["[data-share-it]"], copy: parts["[data-copy-it]"], said: parts["[role=status]"] };
}

test("what a browser can't do isn't offered", () => {
  const { frame, share, copy } = offered({});
  assert.deepEqual([frame.hidden, share.hidden, copy.hidden], [true, true, true]);
  assert.equal(offered({ clipboard: {} }).share.hidden, true);
  assert.equal(offered({ clipboard: {} }).frame.hidden, false);
});

test("the address is shared, copied, and said to be", async () => {
  const done = [];
  const { share, copy, said } = offered({ share: async ({ url }) => done.push(`shared ${url}`), clipboard: { writeText: async (url) => done.push(`copied ${url}`) } });
  await share.press();
  await copy.press();
  assert.deepEqual([done, said.textContent], [["shared /passes/x", "copied /passes/x"], "Copied."]);
});

test("a browser that refuses says so, and breaking off is no fault", async () => {
  const refuse = async () => Promise.reject(new Error("denied"));
  const { share, copy, said } = offered({ share: refuse, clipboard: { writeText: refuse } });
  await share.press();
  await copy.press();
  assert.equal(said.textContent, "Not copied.");
});
