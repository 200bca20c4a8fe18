// The base map: which lines are called disputed, and that the table's errors are told.
import { readFileSync } from "node:fs";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { feature } from "topojson-client";
import { expect, test } from "vitest";
import { disputedBy, readDisputed } from "../../base/borders.mjs";
import { makeScales } from "../../base/make.mjs";
import { crosses, cut, unrolled } from "../../base/seam.mjs";
import { packTiles } from "../../base/tiles.mjs";
import { Pack } from "../../src/map/pack";

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
  for (const topology of Object.values(makeScales())) {
    const of = (part: string) => feature(topology, topology.objects[part]!) as never as { features: { geometry: { coordinates: number[][][] }; properties: { what: string } }[] };
    const control = of("disputed").features.find((f) => /Line of Control/.test(f.properties.what));
    const lats = control?.geometry.coordinates.flat().map((p) => p[1] ?? NaN) ?? [];
    expect(Math.min(...lats)).toBeGreaterThan(32);
    expect(Math.max(...lats)).toBeGreaterThan(34.5);
  }
});

test("rings over the edge of the map are cut there; round a pole they are closed along it", () => {
  const over: [number, number][] = [[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]];
  expect(crosses(over)).toBe(true);
  expect(unrolled(over).map((p) => p[0])).toEqual([170, 190, 190, 170, 170]);
  const parts = cut(over);
  expect(parts.length).toBe(2);
  expect(parts.flat().every(([lon]) => Math.abs(lon) <= 180 && Math.abs(lon) >= 170)).toBe(true);
  const [cap] = cut([[-180, -70], [-90, -70], [0, -70], [90, -70], [179, -70], [-180, -70]]);
  expect(cap?.some(([, lat]) => lat === -90)).toBe(true);
});

test("no line of the base map runs across it", () => {
  for (const topology of Object.values(makeScales())) {
    for (const part of ["land", "agreed", "disputed"]) {
      const made = feature(topology, topology.objects[part]!) as never as { features?: { geometry: { coordinates: never } }[]; geometry?: { coordinates: never } };
      const lines: [number, number][][] = [];
      const walk = (given: unknown): void => {
        if (!Array.isArray(given)) return;
        if (Array.isArray(given[0]) && typeof given[0][0] === "number") lines.push(given as [number, number][]);
        else given.forEach(walk);
      };
      (made.features ?? [made as { geometry: { coordinates: never } }]).forEach((f) => walk(f.geometry.coordinates));
      expect(lines.length).toBeGreaterThan(10);
      // Along the pole is the edge of the map itself.
      const jumps = lines.flatMap((line) => line.filter(([lon, lat], i) => Math.abs(lon - (line[i - 1]?.[0] ?? lon)) > 180 && Math.abs(lat) < 89.9));
      expect(jumps).toEqual([]);
    }
  }
});

test("a packed file gives back each tile, and nothing where there is only sea", () => {
  const line = (coordinates: [number, number][]) => ({ type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }] });
  const file = packTiles({ agreed: line([[10, 10], [20, 20]]), disputed: line([[-10, -10], [-20, -20]]) }, [0, 1]);
  const pack = new Pack(new Uint8Array(file).buffer);
  const layers = (name: string) => Object.entries(new VectorTile(new PbfReader(pack.tile(name))).layers).map(([layer, { length }]) => [layer, length]);
  expect(layers("0/0/0")).toEqual([["agreed", 1], ["disputed", 1]]);
  expect(layers("1/1/0")).toEqual([["agreed", 1]]);
  expect(layers("1/0/1")).toEqual([["disputed", 1]]);
  expect(pack.tile("1/0/0").byteLength).toBe(0);
  expect(pack.tile("2/0/0").byteLength).toBe(0);
});
