// The base map: which lines are called disputed, and that the table's errors are told.
import { readFileSync } from "node:fs";
import { feature } from "topojson-client";
import { expect, test } from "vitest";
import { disputedBy, readDisputed } from "../../base/borders.mjs";
import { makeBase } from "../../base/make.mjs";

const rows = readDisputed(readFileSync("base/disputed.tsv", "utf8"));

test("either order of names finds the line, and a box bounds it", () => {
  expect(disputedBy(rows, "Pakistan", "India", [74, 34])?.what).toMatch(/Line of Control/);
  expect(disputedBy(rows, "India", "Pakistan", [74, 34])).toBe(disputedBy(rows, "Pakistan", "India", [74, 34]));
  expect(disputedBy(rows, "India", "Pakistan", [71, 27])).toBeUndefined();
  expect(disputedBy(rows, "France", "Spain", [0, 43])).toBeUndefined();
});

test("faults of the table are told with their line", () => {
  const table = (row: string) => `a\tb\twest\tsouth\teast\tnorth\twhat\tsource\n${row}`;
  expect(() => readDisputed(table("B\tA\t\t\t\t\tw\ts"))).toThrow(/disputed.tsv:2.*order/);
  expect(() => readDisputed(table("A\tB\t1\t\t\t\tw\ts"))).toThrow(/four edges/);
  expect(() => readDisputed(table("A\tB\t\t\t\t\tw\t"))).toThrow(/required/);
});

test("both scales are whole, and a long border is cut where only a part is disputed", () => {
  const made = makeBase();
  expect([...made.keys()]).toEqual(["base/world.json", "base/detail.json"]);
  for (const text of made.values()) {
    const topology = JSON.parse(text);
    const of = (part: string) => feature(topology, topology.objects[part]) as never as { features: { geometry: { coordinates: number[][][] }; properties: { what: string } }[] };
    const control = of("disputed").features.find((f) => /Line of Control/.test(f.properties.what));
    const lats = control?.geometry.coordinates.flat().map((p) => p[1] ?? NaN) ?? [];
    expect(Math.min(...lats)).toBeGreaterThan(32);
    expect(Math.max(...lats)).toBeGreaterThan(34.5);
  }
});
