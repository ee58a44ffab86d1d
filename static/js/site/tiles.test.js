import assert from "node:assert/strict";
import { test } from "node:test";
import { cornerOf, levelFor, tileOf, tilesFor } from "./tiles.js";

const FRAME = { longitude: 12.5596, latitude: 55.6889, turned: 0.7 };

test("the town hall of Copenhagen lies in its tile", () => {
  assert.deepEqual(tileOf([12.569, 55.6761], 15).map(Math.floor), [17528, 10256]);
  const [longitude, latitude] = cornerOf(tileOf([12.569, 55.6761], 15), 15);
  assert.ok(Math.abs(longitude - 12.569) < 1e-9 && Math.abs(latitude - 55.6761) < 1e-9);
});

test("tiles are as fine as the window, and no finer than there are", () => {
  assert.equal(levelFor(1, 55.7), 16);
  assert.equal(levelFor(500, 55.7), 19);
});

test("the tiles cover the view, each as a square", () => {
  const view = { x: -40, y: -20, scale: 10, width: 800, height: 400 };
  const tiles = tilesFor(view, FRAME, "https://tiles.example/{z}/{x}/{y}.png");

  assert.ok(tiles.length > 0 && tiles.length <= 16);
  assert.match(tiles[0].url, /^https:\/\/tiles\.example\/19\/\d+\/\d+\.png$/);
  const [a, b, c, d] = tiles[0].transform.slice(7, -1).split(" ").map(Number);
  assert.ok(Math.abs(a - d) < 0.05 && Math.abs(b + c) < 0.05);
});
