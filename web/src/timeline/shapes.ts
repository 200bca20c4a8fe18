// How an item is drawn by how well its days are known: a dot for a day, a bar with soft ends for "some time between", a bar
// that stays open for "since" and "until". Rows within a lane keep items from covering each other.
import { ownPath } from "../address";
import { day } from "./days";

export type Shape = "dot" | "bar" | "open-end" | "open-start" | "undated";

export interface Item { title: string; path: string | undefined; shape: Shape; from: number; to: number; dates: string }

export interface Lane { actor: string; items: Item[]; undated: Item[] }

/** Reads `{"lanes": …}` as the server gives it. */
export function readLanes(data: unknown): Lane[] {
  if (!isRecord(data) || !Array.isArray(data.lanes)) throw new Error("no lanes");
  return data.lanes.filter(isRecord).map((lane) => {
    const all = (Array.isArray(lane.items) ? lane.items : []).filter(isRecord).map(readItem);
    return {
      actor: typeof lane.actor === "string" && lane.actor ? lane.actor : "unknown",
      items: all.filter((i) => i.shape !== "undated").sort((x, y) => x.from - y.from || x.to - y.to),
      undated: all.filter((i) => i.shape === "undated"),
    };
  });
}

function readItem(given: Record<string, unknown>): Item {
  const { shape, from, to } = shapeOf(given.from, given.to, given.precision);
  const id = typeof given.id === "string" ? given.id : "";
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    title: text(given.title) || id || "incident",
    path: ownPath(given.url) ?? (id ? `/incidents/${encodeURIComponent(id)}` : undefined),
    shape, from, to,
    dates: datesInWords(shape, text(given.from), text(given.to), text(given.precision)),
  };
}

/** The shape of an item, and the days that it covers (`to` is the first one after). */
export function shapeOf(from: unknown, to: unknown, precision: unknown): { shape: Shape; from: number; to: number } {
  const [first, last] = [day(from), day(to)];
  if (first === undefined && last === undefined) return { shape: "undated", from: 0, to: 0 };
  if (first === undefined) return { shape: "open-start", from: (last ?? 0) - 30, to: (last ?? 0) + 1 };
  if (last === undefined) {
    // A day alone is a day; only an event with an extent and no known end stays open.
    return precision === "day" || precision === "exact" ? { shape: "dot", from: first, to: first + 1 } : { shape: "open-end", from: first, to: first + 30 };
  }
  const [a, b] = first <= last ? [first, last] : [last, first];
  return { shape: a === b ? "dot" : "bar", from: a, to: b + 1 };
}

function datesInWords(shape: Shape, from: string, to: string, precision: string): string {
  switch (shape) {
    case "dot": return from;
    case "bar": return `between ${from} and ${to}${precision && precision !== "range" ? ` (known to the ${precision})` : ""}`;
    case "open-end": return `from ${from}, end unknown`;
    case "open-start": return `until ${to}, start unknown`;
    case "undated": return "date unknown";
  }
}

/** A row for each item (in order of their starts) so that none covers another, as far as `rows` go; `pad` is in days. */
export function stack(items: { from: number; to: number }[], rows: number, pad: number): number[] {
  const free: number[] = Array.from({ length: rows }, () => -Infinity);
  return items.map(({ from, to }) => {
    let row = free.findIndex((end) => end <= from);
    // No row is free: the one that is free first, so that items cover each other as little as can be.
    if (row < 0) row = free.indexOf(Math.min(...free));
    free[row] = Math.max(free[row] ?? -Infinity, to + pad);
    return row;
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
