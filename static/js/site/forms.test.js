import assert from "node:assert/strict";
import { test } from "node:test";
import { typedValue } from "./chosen.js";
import { AddForm, NumberForm, RowForm } from "./forms.js";
import { typing } from "./words.js";

function form(values) {
  const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, {
    value: String(value), checked: value === true, marks: {}, options: [], addEventListener() {}, focus() { fields.focused = name; },
    setAttribute(key, told) { this.marks[key] = told; }, toggleAttribute(key, isOn) { if (!isOn) delete this.marks[key]; },
  }]));
  return { fields, elements: { namedItem: (name) => fields[name] } };
}
const ROW = {
  "from-right": "0", "from-down": "0", "to-right": "20,5", "to-down": "0", width: "3", depth: "3", gap: "0,5", count: "", "which-side": "right",
  prefix: "A", start: "01", side: "A", zone: "stage", board: "E1", water: true, gas_allowed: false,
};

test("a row is made of what stands in its form", () => {
  const row = new RowForm(form(ROW)).made(() => "n", ["water", "gas_allowed"]);

  assert.deepEqual(row.map((one) => one.told.number), ["A01", "A02", "A03", "A04", "A05", "A06"]);
  assert.deepEqual([row[0].told.water, row[0].told.gas_allowed, row[0].told.board], [true, false, "E1"]);
});

test("a row with something wrong in it isn't drawn: the field is marked and gets the focus", () => {
  const there = form({ ...ROW, width: "wide", "to-right": "" });

  assert.equal(new RowForm(there).made(() => "n", []), null);
  assert.equal(there.fields.focused, "width");
  assert.equal(there.fields.width.marks["aria-invalid"], "true");
  assert.equal(new RowForm(there).line, null);
});

test("the line of a row stands in its form as the language writes numbers", () => {
  const there = form(ROW);
  const row = new RowForm(there, typing("da"));
  row.line = { from: [-1.005, 2], to: [20.25, 0.1] };

  assert.deepEqual([there.fields["from-right"].value, there.fields["to-right"].value, there.fields["to-down"].value], ["-1", "20,25", "0,1"]);
  assert.deepEqual(row.line.to, [20.25, 0.1]);
});

test("a rule to number by counts in whole steps", () => {
  const rule = { prefix: "B", start: "1", step: "1", direction: "right", "is-measured": true };
  assert.deepEqual(new NumberForm(form(rule)).rule, { prefix: "B", start: "1", step: 1, direction: "right", isMeasured: true });
  assert.equal(new NumberForm(form({ ...rule, step: "0,5" })).rule, null);
  assert.equal(new NumberForm(form({ ...rule, start: "x" })).rule, null);
});

test("each kind is drawn with its shapes, a lane with a width", () => {
  const kinds = [{ kind: "fire_lane", shapes: ["LineString", "Polygon"] }];
  const lane = new AddForm(form({ kind: "fire_lane", shape: "", width: "4", label: "Midt" }), kinds);
  assert.deepEqual([lane.shape, lane.told("F1")], ["LineString", { kind: "fire_lane", code: "F1", label: "Midt", width_m: 4 }]);
  const board = new AddForm(form({ kind: "board", shape: "", width: "", label: " Torvet " }), kinds);
  assert.deepEqual([board.shape, board.told("E9")], ["Point", { kind: "board", board: "E9", capacity_kw: 0, phases: 3 }]);
  assert.deepEqual([lane.code, board.code], ["", "Torvet"]);
});

test("what is no number is left as it is written, for the server to say so", () => {
  assert.deepEqual([typedValue(" 2,5 ", "number"), typedValue("", "number"), typedValue("wide", "number"), typedValue(" A ", "text")], [2.5, null, "wide", "A"]);
});

test("what is suggested fills a form until somebody types, and again once that is done", () => {
  const there = form({ prefix: "A", start: "01" });
  const rule = new NumberForm(there);
  const now = () => [there.fields.prefix.value, there.fields.start.value];

  rule.suggest({ prefix: "B", start: "12" });
  rule.suggest({ prefix: "B", start: "13" });
  assert.deepEqual(now(), ["B", "13"]);
  there.fields.prefix.value = "X";
  rule.suggest({ prefix: "C", start: "1" });
  assert.deepEqual(now(), ["X", "13"]);
  rule.forget();
  rule.suggest({ prefix: "C", start: "1" });
  assert.deepEqual(now(), ["C", "1"]);
});
