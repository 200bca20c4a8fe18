// How dates of items become shapes.
import { expect, test } from "vitest";
import { readLanes, shapeOf, stack } from "../../src/timeline/shapes";

test("only a known day is a dot; what is open stays open", () => {
  const shape = (from: unknown, to: unknown, precision: unknown) => shapeOf(from, to, precision).shape;
  expect(shape("2024-03-18", "2024-03-18", "day")).toBe("dot");
  expect(shape("2024-03-18", undefined, "day")).toBe("dot");
  expect(shape("2024-03-18", "2024-03-20", "range")).toBe("bar");
  expect(shape("2024-03-01", "2024-03-31", "month")).toBe("bar");
  expect(shape("2024-03-18", undefined, "range")).toBe("open-end");
  expect(shape("2024-03-18", "", undefined)).toBe("open-end");
  expect(shape(undefined, "2024-03-18", "range")).toBe("open-start");
  expect(shape("", "", "")).toBe("undated");
  expect(shapeOf("2024-03-20", "2024-03-18", "range")).toEqual(shapeOf("2024-03-18", "2024-03-20", "range"));
});

test("lanes come as they were given; hostile links and titles are kept out or kept as text", () => {
  const [lane] = readLanes({ lanes: [{ actor: "A", items: [
    { id: "i1", title: "<script>", from: "2024-01-02", to: "2024-01-02", url: "javascript:alert(1)" },
    { id: "i/2", from: "2024-01-01", to: "2024-01-01", url: "//elsewhere" },
    { title: "no day" }, 7, null] }] });
  expect(lane?.items.map((i) => [i.title, i.path])).toEqual([["i/2", "/incidents/i%2F2"], ["<script>", "/incidents/i1"]]);
  expect(lane?.undated.length).toBe(1);
  expect(() => readLanes({})).toThrow();
});

test("items in a lane do not cover each other while there are rows", () => {
  expect(stack([{ from: 0, to: 5 }, { from: 1, to: 2 }, { from: 3, to: 4 }, { from: 6, to: 7 }], 3, 0)).toEqual([0, 1, 1, 0]);
  expect(stack([{ from: 0, to: 9 }, { from: 0, to: 8 }, { from: 0, to: 7 }], 2, 0)).toEqual([0, 1, 1]);
});
