// Days on a line.
import { expect, test } from "vitest";
import { day, moved, project, readWindow, ticks, written, writeWindow, zoomed } from "../../src/timeline/days";

test("days are read in UTC, whole or in part", () => {
  expect(written(day("2024-03-18") ?? NaN)).toBe("2024-03-18");
  expect(written(day("2024-03") ?? NaN)).toBe("2024-03-01");
  expect(written(day("2024-03-18T23:59:00+05:00") ?? NaN)).toBe("2024-03-18");
  for (const bad of ["", "yesterday", "03/04/2024", "2024-13-01", 20240318, null, undefined, "<b>"]) expect(day(bad)).toBeUndefined();
});

test("days are projected in proportion", () => {
  const window = { from: 100, to: 200 };
  expect([100, 150, 200, 250].map((at) => project(at, window, 1000))).toEqual([0, 500, 1000, 1500]);
  expect(project(7, { from: 7, to: 7 }, 1000)).toBe(0);
});

test("zooming keeps the middle and has bounds", () => {
  expect(zoomed({ from: 0, to: 100 }, 0.5)).toEqual({ from: 25, to: 75 });
  expect(zoomed({ from: 0, to: 8 }, 0.001).to - zoomed({ from: 0, to: 8 }, 0.001).from).toBeGreaterThanOrEqual(7);
  const wide = zoomed({ from: 0, to: 40_000 }, 1000);
  expect(wide.to - wide.from).toBeLessThanOrEqual(73_052);
  expect(moved({ from: 0, to: 10 }, 0.5)).toEqual({ from: 5, to: 15 });
});

test("ticks stand inside, in order, not too close", () => {
  for (const days of [7, 40, 120, 800, 9000, 60_000]) {
    const window = { from: 19_000, to: 19_000 + days };
    const all = ticks(window, 900);
    expect(all.length).toBeGreaterThan(0);
    expect(all.length).toBeLessThanOrEqual(12);
    expect(all.every((t, i) => t.at >= window.from && t.at < window.to && (i === 0 || t.at > (all[i - 1]?.at ?? 0)))).toBe(true);
  }
});

test("a window survives the address; nonsense does not", () => {
  const window = { from: 19_000, to: 19_100 };
  expect(readWindow(writeWindow(window))).toEqual(window);
  for (const bad of ["", "..", "2024-01-02..2024-01-01", "x..y"]) expect(readWindow(bad)).toBeUndefined();
});
