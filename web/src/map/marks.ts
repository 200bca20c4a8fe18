// Incidents to marks: those that stand at one point with one precision share a mark and are counted on it.
import type { Feature, FeatureCollection, Point, Polygon } from "geojson";
import { pixelsAtZoom0, precisionOf, radiusOf, ring, type Precision } from "./precision";

/** An incident as the panel beside the map lists it. */
export interface Entry { title: string; path: string; when: string }

export interface Mark { at: [number, number]; precision: Precision; km: number; entries: Entry[] }

/** `placed` are drawn, `without` have no location; `left` have one, but the server sends so many at most. */
export interface Marks { marks: Mark[]; placed: number; without: number; left: number }

/** Reads the columns that the server sends: what stands at one index belongs together. A row that cannot be read counts as
 * without a location. */
export function readMarks(data: unknown): Marks {
  if (!isRecord(data)) throw new Error("no marks");
  const column = (name: string): unknown[] => {
    const values = data[name];
    if (!Array.isArray(values)) throw new Error(`marks without ${name}`);
    return values;
  };
  const lon = column("lon"), lat = column("lat"), code = column("place_precision"), radius = column("radius_km");
  const id = column("id"), title = column("title"), from = column("from");
  const at = new Map<string, Mark>();
  let placed = 0, unread = 0;
  lon.forEach((_, i) => {
    const point = pointOf(lon[i], lat[i]);
    if (!point) { unread++; return; }
    placed++;
    const precision = precisionOf(code[i], radius[i]);
    const km = radiusOf(radius[i], precision);
    const key = `${point[0].toFixed(5)} ${point[1].toFixed(5)} ${precision} ${km}`;
    let mark = at.get(key);
    if (!mark) at.set(key, (mark = { at: point, precision, km, entries: [] }));
    mark.entries.push({ title: text(title[i]) || text(id[i]) || "incident", path: `/incidents/${encodeURIComponent(text(id[i]))}`, when: text(from[i]) });
  });
  const said = (name: string): number => (typeof data[name] === "number" ? data[name] : 0);
  const without = said("unlocated") + unread;
  return { marks: [...at.values()], placed, without, left: Math.max(0, said("total") - placed - without) };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function pointOf(lon: unknown, lat: unknown): [number, number] | undefined {
  if (typeof lon !== "number" || typeof lat !== "number") return undefined;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined;
}

/** Points for dots and circles; the index leads back to the mark. */
export function points(marks: Mark[]): FeatureCollection<Point> {
  return collection(marks.map((mark, index): Feature<Point> => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: mark.at },
    properties: { index, n: mark.entries.length, precision: mark.precision, px: pixelsAtZoom0(mark.km, mark.at[1]) },
  })));
}

/** Circles of areas, to be hatched; large ones first, so that small ones lie on top. */
export function areas(marks: Mark[]): FeatureCollection<Polygon> {
  return collection(marks
    .map((mark, index) => ({ mark, index }))
    .filter(({ mark }) => mark.precision === "area")
    .sort((x, y) => y.mark.km - x.mark.km)
    .map(({ mark, index }): Feature<Polygon> => ({
      type: "Feature",
      geometry: { type: "Polygon", coordinates: [ring(mark.at, mark.km)] },
      properties: { index, n: mark.entries.length },
    })));
}

/** The box that holds most marks, for the first view; `undefined` without marks. */
export function bounds(marks: Mark[]): [[number, number], [number, number]] | undefined {
  if (marks.length === 0) return undefined;
  // The outermost hundredth on each side may be one far place; it can be panned to.
  const cut = (values: number[]): [number, number] => {
    values.sort((a, b) => a - b);
    const skip = Math.floor(values.length / 100);
    return [values[skip] ?? 0, values[values.length - 1 - skip] ?? 0];
  };
  const [west, east] = cut(marks.map((m) => m.at[0]));
  const [south, north] = cut(marks.map((m) => m.at[1]));
  return [[west, south], [east, north]];
}

const collection = <G extends Point | Polygon>(features: Feature<G>[]): FeatureCollection<G> => ({ type: "FeatureCollection", features });

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
