// Precision to shape, marks from columns, and what the address may hold.
import { expect, test } from "vitest";
import { tooSlow } from "../../src/map/coarse";
import { bounds, points, areas, readMarks } from "../../src/map/marks";
import { readPosition, writePosition } from "../../src/map/position";
import { pixelsAtZoom0, precisionOf, radiusOf, ring } from "../../src/map/precision";
import { lines, viewOf } from "../../src/map/views";

test("a place is drawn no more exactly than it was said", () => {
  expect(precisionOf(1, 3)).toBe("exact");
  expect(precisionOf(2, 10)).toBe("near");
  expect(precisionOf(2, undefined)).toBe("near");
  expect(precisionOf(2, 30)).toBe("area");
  for (const code of [3, 0, 4, "1", undefined, null]) expect(precisionOf(code, 1)).toBe("area");
});

test("radii", () => {
  expect(radiusOf(12, "exact")).toBe(0);
  expect(radiusOf(12, "near")).toBe(12);
  expect(radiusOf(-1, "near")).toBe(10);
  expect(radiusOf("x", "area")).toBe(40);
  expect(radiusOf(1e9, "area")).toBe(2000);
  // One pixel at zoom 0 is 78 km at the equator, half as much at 60 degrees.
  expect(pixelsAtZoom0(78.2715, 0)).toBeCloseTo(1, 3);
  expect(pixelsAtZoom0(78.2715, 60)).toBeCloseTo(2, 3);
});

test("a ring is closed, of the right size, and stays on the earth", () => {
  const around = ring([70, 34], 111.195, 8);
  expect(around[0]).toEqual(around[8]);
  expect(around[2]?.[1]).toBeCloseTo(35, 5);
  expect(ring([0, 89.8], 500).every(([, lat]) => lat <= 89.9)).toBe(true);
});

/** Columns as the server sends them, from rows. */
const columns = (rows: unknown[][], more: object = {}) => {
  const names = ["id", "lon", "lat", "place_precision", "radius_km"];
  const of = Object.fromEntries(names.map((name, k) => [name, rows.map((row) => row[k])]));
  return { total: rows.length, unlocated: 0, title: rows.map((row) => `title of ${String(row[0])}`), from: rows.map(() => "2024-03-18"), ...of, ...more };
};

test("incidents at one point share a mark; those without a location are counted", () => {
  const read = readMarks(columns([["a", 70, 34, 1, 3], ["b", 70, 34, 1, 3], ["c", 70, 34, 3, 30], ["d", null, 34, 1, 3], ["e", 700, 34, 1, 3], ["f", "x", 1, 1, 3]], { total: 10, unlocated: 2 }));
  expect([read.placed, read.without, read.left]).toEqual([3, 5, 2]);
  expect(read.marks.map((m) => [m.precision, m.entries.length])).toEqual([["exact", 2], ["area", 1]]);
  expect(read.marks[0]?.entries[1]).toEqual({ title: "title of b", path: "/incidents/b", when: "2024-03-18" });
  expect(points(read.marks).features.length).toBe(2);
  expect(areas(read.marks).features.length).toBe(1);
  expect(bounds(read.marks)).toEqual([[70, 34], [70, 34]]);
  expect(bounds([])).toBeUndefined();
  for (const bad of [undefined, [], {}, { ...columns([]), lon: "x" }]) expect(() => readMarks(bad)).toThrow();
});

test("links lead to this desk only", () => {
  const path = (id: unknown) => readMarks(columns([[id, 1, 1, 1, 1]])).marks[0]?.entries[0]?.path;
  expect(path("i9")).toBe("/incidents/i9");
  for (const bad of ["javascript:alert(1)", "//elsewhere", "../x?y#z", 5]) expect(path(bad)).toMatch(/^\/incidents\/[^/?#\\]*$/);
});

test("the address gives a view and a position, or the neutral ones", () => {
  expect(viewOf("held")).toBe("held");
  expect(viewOf("<b>")).toBe("neutral");
  expect(lines("neutral")).toEqual({ agreed: true, disputed: "dashed" });
  expect(lines("agreed").disputed).toBe("hidden");
  expect(readPosition(writePosition({ center: [69.9, 33.9], zoom: 6.5 }))).toEqual({ center: [69.9, 33.9], zoom: 6.5 });
  expect(writePosition({ center: [190, 10], zoom: 3 })).toBe("10.000,-170.000,3.0");
  for (const bad of ["", "1,2", "91,0,3", "0,0,99", "a,b,c", ",,"]) expect(readPosition(bad)).toBeUndefined();
});

test("a few slow frames make it coarse, one does not", () => {
  expect(tooSlow([100])).toBe(false);
  expect(tooSlow([10, 100, 12, 11])).toBe(false);
  expect(tooSlow([90, 100, 80])).toBe(true);
});
