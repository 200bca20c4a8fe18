// Days as numbers, and numbers as places on a line. Everything is in days since 1970, in UTC, so that no time zone moves a day.

/** First day of "2024", "2024-03" or "2024-03-18"; `undefined` for anything else. */
export function day(text: unknown): number | undefined {
  const match = typeof text === "string" ? /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/.exec(text) : null;
  if (!match) return undefined;
  const [, y, m = "01", d = "01"] = match;
  const time = Date.parse(`${y}-${m}-${d}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : Math.round(time / 86_400_000);
}

/** A day as it is written: "2024-03-18". */
export const written = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);

/** A stretch of days: the first, and the first one after. */
export interface Window { from: number; to: number }

/** Where a moment stands on a line of that width. */
export function project(at: number, { from, to }: Window, width: number): number {
  return to === from ? 0 : ((at - from) / (to - from)) * width;
}

/** The same window, closer (factor below 1) or wider, around its middle; never under a week or over 200 years. */
export function zoomed({ from, to }: Window, factor: number): Window {
  const middle = (from + to) / 2;
  const half = Math.min(36_525, Math.max(3.5, ((to - from) / 2) * factor));
  return { from: Math.floor(middle - half), to: Math.ceil(middle + half) };
}

/** The same window, moved by a share of its length. */
export function moved({ from, to }: Window, share: number): Window {
  const by = Math.round((to - from) * share);
  return { from: from + by, to: to + by };
}

export interface Tick { at: number; text: string }

/** Marks for the axis: years, months or days, so many that about one stands in each `apart` pixels. */
export function ticks(window: Window, width: number, apart = 90): Tick[] {
  const wanted = Math.max(1, width / apart);
  const days = window.to - window.from;
  const months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((m) => days / (m * 30.44) <= wanted) ?? 1200;
  const perTick = days / wanted;
  if (months === 1 && perTick < 20) {
    const step = [1, 2, 7, 14].find((d) => days / d <= wanted) ?? 14;
    const out: Tick[] = [];
    for (let at = Math.ceil(window.from / step) * step; at < window.to; at += step) out.push({ at, text: written(at) });
    return out;
  }
  const first = new Date(window.from * 86_400_000);
  const start = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  const out: Tick[] = [];
  for (let month = start; ; month += months) {
    const [y, m] = [Math.floor(month / 12), month % 12];
    const at = Math.round(Date.UTC(y, m, 1) / 86_400_000);
    if (at >= window.to) return out;
    if (at >= window.from) out.push({ at, text: months >= 12 ? `${y}` : `${y}-${String(m + 1).padStart(2, "0")}` });
  }
}

/** A window as it stands in the address: "2024-01-01..2024-03-31". */
export function readWindow(text: string): Window | undefined {
  const [from, to] = text.split("..").map(day);
  return from !== undefined && to !== undefined && to > from ? { from, to } : undefined;
}

export const writeWindow = ({ from, to }: Window): string => `${written(from)}..${written(to)}`;
