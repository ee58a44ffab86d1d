import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawing } from "./drawing.js";

const things = (...names) => new Map(names.map((name) => [name, { id: name, points: [[0, 0]], told: { number: name } }]));
const adding = (name) => (map) => new Map([...map, ...things(name)]);
const names = (drawing) => [...drawing.things.keys()].join("");

test("every step goes back and forth again", () => {
  const drawing = new Drawing(things("a"));
  drawing.change(adding("b"));
  drawing.change(adding("c"));

  assert.deepEqual([drawing.undo(), drawing.undo(), drawing.undo()], [true, true, false]);
  assert.equal(names(drawing), "a");
  assert.deepEqual([drawing.redo(), drawing.redo(), drawing.redo()], [true, true, false]);
  assert.equal(names(drawing), "abc");
});

test("a new step ends what could be done again", () => {
  const drawing = new Drawing(things("a"));
  drawing.change(adding("b"));
  drawing.undo();
  drawing.change(adding("c"));

  assert.equal(drawing.canRedo, false);
  assert.equal(names(drawing), "ac");
});

test("presses of a key in a row are one step, until something comes between", () => {
  const drawing = new Drawing(things("a"));
  drawing.change(adding("b"), "move");
  drawing.change(adding("c"), "move");
  drawing.pause();
  drawing.change(adding("d"), "move");

  drawing.undo();
  assert.equal(names(drawing), "abc");
  drawing.undo();
  assert.equal(names(drawing), "a");
});

test("an edit that changes nothing is no step, and nobody is told", () => {
  const drawing = new Drawing(things("a"));
  let told = 0;
  drawing.listen(() => (told += 1));

  assert.equal(drawing.change((map) => map), false);
  assert.deepEqual([drawing.canUndo, told], [false, 0]);
});

test("what is gone isn't chosen any more", () => {
  const drawing = new Drawing(things("a", "b"));
  drawing.choose(["a", "b", "nobody"]);
  drawing.change((map) => new Map([...map].filter(([id]) => id !== "a")));

  assert.deepEqual([...drawing.chosen], ["b"]);
  drawing.toggle("b");
  assert.deepEqual(drawing.those, []);
});

test("steps from before it was saved know under which name things are there now", () => {
  const drawing = new Drawing(new Map([["a", { id: "a", was: "", points: [], told: { number: "A1" } }]]));
  drawing.change((map) => new Map(map).set("a", { ...map.get("a"), told: { number: "A2" } }));
  drawing.choose(["a"]);
  drawing.saved(new Map([["a", { id: "a", was: "A2", points: [], told: { number: "A2" } }]]));

  drawing.undo();
  assert.deepEqual([drawing.things.get("a").was, drawing.things.get("a").told.number], ["A2", "A1"]);
  drawing.redo();
  assert.deepEqual([drawing.things.get("a").was, drawing.things.get("a").told.number, [...drawing.chosen]], ["A2", "A2", ["a"]]);
});
