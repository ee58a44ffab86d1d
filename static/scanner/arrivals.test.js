import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedDays, isOfPitch } from "./arrivals.js";

const arrival = (pitches, from, vehicle = "van") => ({ pitches, vehicle, from, until: from });

test("a pitch is found by how people type its number", () => {
  const one = arrival(["A01", "A02"], "2011-08-27T04:00:00Z");
  for (const typed of ["", "a", "A1", "a01", " A-1 ", "A2"]) assert.equal(isOfPitch(one, typed), true, typed);
  for (const typed of ["B", "A3", "A011", "1"]) assert.equal(isOfPitch(one, typed), false, typed);
  assert.equal(isOfPitch(arrival(["A10"], ""), "A1"), true);
  assert.equal(isOfPitch(arrival(["A100"], ""), "A10"), true);
});

test("the running day comes first, then those to come, then those that are over", () => {
  const list = [
    arrival(["B1"], "2011-08-28T04:15:00Z"),
    arrival(["A1"], "2011-08-27T04:00:00Z"),
    arrival(["A2"], "2011-08-28T04:00:00Z"),
    arrival(["A3"], "2011-08-29T04:00:00Z"),
  ];
  const days = expectedDays(list, Date.parse("2011-08-28T10:00:00Z"));
  assert.deepEqual(days.map(({ date, isToday }) => [date, isToday]), [["2011-08-28", true], ["2011-08-29", false], ["2011-08-27", false]]);
  assert.deepEqual(days[0].arrivals.map(({ pitches }) => pitches[0]), ["A2", "B1"]);
});

test("a day begins at midnight in Copenhagen", () => {
  const [day] = expectedDays([arrival(["A1"], "2011-08-27T22:30:00Z")], Date.parse("2011-08-27T22:10:00Z"));
  assert.deepEqual([day.date, day.isToday], ["2011-08-28", true]);
  assert.deepEqual(expectedDays([], 0), []);
});
