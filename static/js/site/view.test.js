import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, panned, pointAt, resizedTo, scaleBar, showing, zoomed, zoomedAbout } from "./view.js";

const SIZE = { width: 800, height: 400 };
const VIEW = { x: 0, y: 0, scale: 10, ...SIZE };

test("all of it is seen, in the middle", () => {
  const view = fitted([0, 0, 300, 20], SIZE);

  assert.deepEqual(pointAt(view, [400, 200]).map(Math.round), [150, 10]);
  assert.ok(view.scale * 300 <= 800);
});

test("the point under the pointer stays there while one comes nearer", () => {
  const nearer = zoomed(VIEW, 2, [200, 100]);

  assert.deepEqual(pointAt(nearer, [200, 100]), pointAt(VIEW, [200, 100]));
  assert.equal(nearer.scale, 20);
  assert.equal(zoomed(VIEW, 1e9).scale, zoomed(VIEW, 1e12).scale);
});

test("nearer goes to what is chosen, farther leaves it where it is", () => {
  const [seen, away, large] = [[60, 10, 63, 13], [300, 10, 303, 13], [-50, 0, 250, 20]];
  const at = (view, [left, top]) => [(left - view.x) * view.scale, (top - view.y) * view.scale];

  const nearer = zoomedAbout(VIEW, 1.4, seen);
  assert.deepEqual(at(nearer, [61.5, 11.5]).map(Math.round), at(VIEW, [61.5, 11.5]).map(Math.round));
  assert.equal(showing(nearer, seen), nearer);
  assert.equal(showing(zoomedAbout(nearer, 4, seen), seen).scale, nearer.scale * 4);
  assert.deepEqual(pointAt(zoomedAbout(VIEW, 1.4, away), [400, 200]).map(Math.round), [302, 12]);
  assert.deepEqual(at(zoomedAbout(VIEW, 1 / 1.4, seen), [61.5, 11.5]).map(Math.round), [615, 115]);

  for (const [factor, bounds] of [[1.4, null], [1.4, large], [1 / 1.4, away]]) {
    assert.deepEqual(zoomedAbout(VIEW, factor, bounds), zoomed(VIEW, factor));
  }
});

test("what is dragged stays under the finger, what is in the middle stays there in another window", () => {
  assert.deepEqual(pointAt(panned(VIEW, [50, 20]), [150, 120]), pointAt(VIEW, [100, 100]));
  assert.deepEqual(pointAt(resizedTo(VIEW, { width: 400, height: 300 }), [200, 150]), pointAt(VIEW, [400, 200]));
});

test("a view moves only for what isn't seen", () => {
  assert.equal(showing(VIEW, [10, 10, 20, 20]), VIEW);
  assert.deepEqual(pointAt(showing(VIEW, [100, 100, 110, 110]), [400, 200]), [105, 105]);
  assert.ok(showing(VIEW, [0, 0, 500, 10]).scale < 2);
});

test("the bar is a round length that fits", () => {
  assert.deepEqual(scaleBar(10), { metres: 10, pixels: 100 });
  assert.deepEqual(scaleBar(0.5).metres, 200);
  assert.ok(scaleBar(1000).metres === 0.5);
});
