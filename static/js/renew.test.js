import assert from "node:assert/strict";
import { test } from "node:test";

import { renew, renewOften, renewTyped } from "./renew.js";

/** A window whose server answers with pages that hold these parts; `asked` is what it was asked. */
function windowThat(answers) {
  const asked = [];
  const timers = [];
  class DOMParser {
    parseFromString(text) {
      return { getElementById: (id) => (text.startsWith(`${id}=`) ? { innerHTML: text.slice(id.length + 1) } : null) };
    }
  }
  class FormData {
    constructor(form) {
      return form.typed;
    }
  }
  const fetch = async (address, options) => {
    asked.push({ address, body: options.body?.toString() });
    const said = answers.shift();
    if (said === undefined) throw new Error("no connection");
    return { text: async () => said };
  };
  const later = (act) => timers.push(act);
  const location = { href: "/here" };
  return { asked, timers, fetch, DOMParser, FormData, URLSearchParams, AbortController, location, setTimeout: later, setInterval: later, clearTimeout: () => timers.pop() };
}

function partOf(id, innerHTML) {
  const part = { id, innerHTML, dataset: { renewsEvery: "1000" }, contains: () => false, querySelectorAll: () => [] };
  part.replaceChildren = (fresh) => {
    part.innerHTML = fresh.said;
  };
  return part;
}

function documentWith(part, found) {
  const createElement = () => ({
    set innerHTML(said) {
      this.content = { said, querySelectorAll: () => [] };
    },
  });
  return { hidden: false, activeElement: null, createElement, getElementById: () => part, querySelectorAll: () => found };
}

test("the part of the same id takes the place of what stands there; without a connection that stays", async () => {
  const part = partOf("sentence", "old");
  const document = documentWith(part, []);
  assert.equal(await renew(part, { address: "/here" }, { window: windowThat(["sentence=new"]), document }), true);
  assert.equal(part.innerHTML, "new");
  for (const window of [windowThat([]), windowThat(["the page to sign in"])]) {
    assert.equal(await renew(part, { address: "/here" }, { window, document }), false);
  }
  assert.equal(part.innerHTML, "new");
});

test("what is typed is sent with the button's name, once for several signs", async () => {
  const part = partOf("sentence", "old");
  const heard = {};
  const byHand = { hidden: false, querySelector: () => ({ name: "try", value: "1" }) };
  const form = {
    action: "/add",
    dataset: { renews: "sentence" },
    typed: { population: "all" },
    querySelector: () => byHand,
    addEventListener: (name, act) => {
      heard[name] = act;
    },
  };
  const window = windowThat(["sentence=new"]);
  renewTyped(documentWith(part, [form]), window);
  heard.input();
  heard.input();
  assert.equal(window.timers.length, 1);
  await window.timers[0]();
  assert.deepEqual(window.asked, [{ address: "/add", body: "population=all&try=1" }]);
  assert.deepEqual([part.innerHTML, byHand.hidden], ["new", true]);
});

test("a page that nobody looks at asks for nothing", () => {
  const part = partOf("figures", "old");
  const document = documentWith(part, [part]);
  const window = windowThat(["figures=new"]);
  renewOften(document, window);
  document.hidden = true;
  window.timers[0]();
  assert.equal(window.asked.length, 0);
  document.hidden = false;
  window.timers[0]();
  assert.deepEqual(window.asked, [{ address: "/here", body: undefined }]);
});
