// What a chart draws, checked: days that are days, and as many values as days in every series.
import { day } from "../timeline/days";

const DAY = 86_400;

export interface Series { name: string; values: (number | null)[] }
export interface Counts { seconds: number[]; series: Series[] }

export function readCounts(data: unknown): Counts {
  if (typeof data !== "object" || data === null || !("days" in data) || !("series" in data)) throw new Error("no counts");
  const { days, series } = data;
  if (!Array.isArray(days) || !Array.isArray(series)) throw new Error("no counts");
  const at = days.map(day);
  if (at.some((d) => d === undefined)) throw new Error("a day that is no day");
  return filled({
    seconds: at.map((d) => (d ?? 0) * 86_400),
    series: series.map((given: unknown) => {
      const { name, values } = (given ?? {}) as { name?: unknown; values?: unknown };
      if (!Array.isArray(values) || values.length !== at.length) throw new Error("values do not match days");
      // A count that is not known is a gap, not a nought.
      return { name: typeof name === "string" ? name : "", values: values.map((v: unknown) => (typeof v === "number" && Number.isFinite(v) ? v : null)) };
    }),
  });
}

/** Days that are left out have nothing: a nought at both ends of each gap keeps a line from being drawn across it. */
function filled({ seconds, series }: Counts): Counts {
  const out: Counts = { seconds: [], series: series.map(({ name }) => ({ name, values: [] })) };
  const put = (at: number, from: number | undefined) => {
    out.seconds.push(at);
    out.series.forEach((s, i) => s.values.push(from === undefined ? 0 : series[i]?.values[from] ?? null));
  };
  seconds.forEach((at, i) => {
    const before = seconds[i - 1];
    if (before !== undefined && at - before > DAY) put(before + DAY, undefined);
    if (before !== undefined && at - before > 2 * DAY) put(at - DAY, undefined);
    put(at, i);
  });
  const last = seconds.at(-1);
  if (last !== undefined) put(last + DAY, undefined);
  return out;
}

/** Lines are told apart by their dashes, not by colours that might belong to a side. */
export function dashes(index: number): number[] {
  return [[], [6, 4], [2, 3], [10, 3, 2, 3], [14, 4]][index % 5] ?? [];
}
