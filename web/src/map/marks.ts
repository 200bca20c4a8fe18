// Incidents to marks: those that stand at one point with one precision share a mark and are counted on it.
import type { Feature, FeatureCollection, Point, Polygon } from "geojson";
import { ownPath } from "../address";
import { pixelsAtZoom0, precisionOf, radiusOf, ring, type Precision } from "./precision";

/** An incident as the panel beside the map lists it. */
export interface Entry { title: string; path: string; when: string }

export interface Mark { at: [number, number]; precision: Precision; km: number; entries: Entry[] }

/** `placed` are drawn, `without` have no location; `left` have one, but the server sends so many at most. */
export interface Marks { marks: Mark[]; placed: number; without: number; left: number }

/** Reads GeoJSON as the server gives it. Features that cannot be read count as without a location. */
export function readMarks(data: unknown): Marks {
  const features = isRecord(data) && Array.isArray(data.features) ? data.features : undefined;
  if (!features) throw new Error("no GeoJSON feature collection");
  const at = new Map<string, Mark>();
  let placed = 0, without = 0;
  for (const feature of features) {
    const properties = isRecord(feature) && isRecord(feature.properties) ? feature.properties : {};
    const point = isRecord(feature) ? firstPoint(feature.geometry) : undefined;
    if (!point) { without++; continue; }
    placed++;
    const precision = precisionOf(properties);
    const km = radiusOf(properties, precision);
    const key = `${point[0].toFixed(5)} ${point[1].toFixed(5)} ${precision} ${km}`;
    let mark = at.get(key);
    if (!mark) at.set(key, (mark = { at: point, precision, km, entries: [] }));
    mark.entries.push(entry(isRecord(feature) ? feature.id : undefined, properties));
  }
  // A server that leaves out what has no location counts it.
  const said = (name: string) => (isRecord(data) && typeof data[name] === "number" ? data[name] : undefined);
  without = Math.max(without, said("unlocated") ?? 0);
  const total = said("total");
  return { marks: [...at.values()], placed, without, left: total === undefined ? 0 : Math.max(0, total - placed - without) };
}

function entry(id: unknown, properties: Record<string, unknown>): Entry {
  const name = typeof id === "string" ? id : typeof properties.id === "string" ? properties.id : "";
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    title: text(properties.title) || name || "incident",
    path: ownPath(properties.url) ?? `/incidents/${encodeURIComponent(name)}`,
    when: text(properties.from) || text(properties.first),
  };
}

function firstPoint(geometry: unknown): [number, number] | undefined {
  if (!isRecord(geometry) || !Array.isArray(geometry.coordinates)) return undefined;
  const pair: unknown = geometry.type === "Point" ? geometry.coordinates : geometry.type === "MultiPoint" ? geometry.coordinates[0] : undefined;
  if (!Array.isArray(pair)) return undefined;
  const [lon, lat] = [Number(pair[0]), Number(pair[1])];
  return Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined;
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
