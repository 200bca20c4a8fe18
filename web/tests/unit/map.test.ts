// Precision to shape, marks from GeoJSON, and what the address may hold.
import { expect, test } from "vitest";
import { tooSlow } from "../../src/map/coarse";
import { bounds, points, areas, readMarks } from "../../src/map/marks";
import { readPosition, writePosition } from "../../src/map/position";
import { pixelsAtZoom0, precisionOf, radiusOf, ring } from "../../src/map/precision";
import { lines, viewOf } from "../../src/map/views";

test("a place is drawn no more exactly than it was said", () => {
  expect(precisionOf({ precision: "exact" })).toBe("exact");
  expect(precisionOf({ geo_precision: "town" })).toBe("exact");
  expect(precisionOf({ exact: 1 })).toBe("exact");
  expect(precisionOf({ exact: 2 })).toBe("near");
  expect(precisionOf({ place_precision: 2, radius_km: 10 })).toBe("near");
  expect(precisionOf({ place_precision: 2, radius_km: 30 })).toBe("area");
  for (const said of [{}, { precision: "?" }, { exact: 3 }, { level: "admin2" }, { geo_precision: "country" }, { exact: 0 }]) expect(precisionOf(said)).toBe("area");
});

test("radii", () => {
  expect(radiusOf({ radius_km: 12 }, "exact")).toBe(0);
  expect(radiusOf({ radius_km: 12 }, "near")).toBe(12);
  expect(radiusOf({ radius_km: -1 }, "near")).toBe(10);
  expect(radiusOf({ radius_km: "x" }, "area")).toBe(40);
  expect(radiusOf({ radius_km: 1e9 }, "area")).toBe(2000);
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

const feature = (id: string, coordinates: unknown, properties: object = {}) =>
  ({ type: "Feature", id, geometry: coordinates ? { type: "Point", coordinates } : null, properties });

test("incidents at one point share a mark; those without a location are counted", () => {
  const read = readMarks({ features: [feature("a", [70, 34], { exact: 1 }), feature("b", [70, 34], { exact: 1 }),
    feature("c", [70, 34], { exact: 3, radius_km: 30 }), feature("d", null), feature("e", [700, 34]), feature("f", ["x", 1]), 7] });
  expect([read.placed, read.without]).toEqual([3, 4]);
  expect(read.marks.map((m) => [m.precision, m.entries.length])).toEqual([["exact", 2], ["area", 1]]);
  expect(points(read.marks).features.length).toBe(2);
  expect(areas(read.marks).features.length).toBe(1);
  expect(bounds(read.marks)).toEqual([[70, 34], [70, 34]]);
  expect(bounds([])).toBeUndefined();
  const counted = readMarks({ total: 10, unlocated: 3, features: [feature("a", [70, 34])] });
  expect([counted.placed, counted.without, counted.left]).toEqual([1, 3, 6]);
  expect(() => readMarks({ type: "Feature" })).toThrow();
});

test("links lead to this desk only", () => {
  const path = (url: unknown) => readMarks({ features: [feature("i1", [1, 1], { url })] }).marks[0]?.entries[0]?.path;
  expect(path("/incidents/i9")).toBe("/incidents/i9");
  for (const bad of ["javascript:alert(1)", "https://elsewhere/x", "//elsewhere", "/\\elsewhere", 5]) expect(path(bad)).toBe("/incidents/i1");
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
