// Makes the base map from Natural Earth (public domain), which the npm package world-atlas carries: land, borders sorted into
// agreed and disputed ones, and a point for each name, cut into tiles. Called by vite.config.ts; nothing is fetched.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mergeArcs } from "topojson-client";
import { readDisputed, sortBorders } from "./borders.mjs";
import { crosses, cut, unrolled } from "./seam.mjs";
import { packTiles } from "./tiles.mjs";

const require = createRequire(import.meta.url);

/** The base map as files of tiles: the world to zoom 4, and finer ones of zoom 5, which stand for all that are closer. */
export function makeBase() {
  const { world, detail } = makeScales();
  return new Map([["base/world.tiles", packTiles(partsOf(world), [0, 4], 2048)], ["base/detail.tiles", packTiles(partsOf(detail), [5, 5], 8192)]]);
}

/** Both scales as TopoJSON. */
export function makeScales() {
  const rows = readDisputed(readFileSync(new URL("disputed.tsv", import.meta.url), "utf8"));
  const used = new Set();
  const made = { world: make("50m", rows, used), detail: make("10m", rows, used) };
  const unused = rows.filter((r) => !used.has(r));
  if (unused.length > 0) {
    throw new Error(`disputed.tsv: no such line in the data: ${unused.map((r) => `${r.a} / ${r.b} (${r.what})`).join("; ")}`);
  }
  return made;
}

/** The parts of a scale as feature collections. */
function partsOf(topology) {
  return Object.fromEntries(Object.entries(topology.objects).map(([name, object]) => {
    const made = feature(topology, object);
    return [name, made.type === "FeatureCollection" ? made : { type: "FeatureCollection", features: [made] }];
  }));
}

function make(scale, rows, allUsed) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));
  const { agreed, disputed, used } = sortBorders(topology, rows);
  for (const row of used) allUsed.add(row);
  const countries = topology.objects.countries;
  topology.objects = {
    land: cutLand(topology, mergeArcs(topology, countries.geometries)),
    agreed: { type: "MultiLineString", arcs: agreed },
    disputed: {
      type: "GeometryCollection",
      geometries: [...disputed].map(([what, arcs]) => ({ type: "MultiLineString", arcs, properties: { what } })),
    },
    names: scale === "50m" ? names(topology, countries) : { type: "GeometryCollection", geometries: [] },
  };
  return topology;
}

/** Land whose rings that cross the edge of the map are cut there; the pieces become arcs of their own. */
function cutLand(topology, land) {
  const arcs = land.arcs.flatMap((polygon) => {
    const rings = feature(topology, { type: "Polygon", arcs: polygon }).geometry.coordinates;
    if (!rings.some(crosses)) return [polygon];
    // No lake crosses the edge: holes stay with every part, where they lie outside they draw nothing.
    const holes = polygon.slice(1);
    return cut(rings[0]).map((ring) => [[topology.arcs.push(steps(topology.transform, ring)) - 1], ...holes.filter((_, i) => within(rings[i + 1], ring))]);
  });
  return { type: "MultiPolygon", arcs };
}

/** True if a hole's first point lies in the span of a ring. */
function within(hole, ring) {
  const lons = ring.map((p) => p[0]);
  return hole[0][0] >= Math.min(...lons) && hole[0][0] <= Math.max(...lons);
}

/** A line as an arc of a quantised topology: a first point and steps. */
function steps(transform, line) {
  const points = line.map((p) => quantise(transform, p));
  return points.map(([x, y], i) => (i === 0 ? [x, y] : [x - points[i - 1][0], y - points[i - 1][1]]));
}

/** A point inside the largest part of each unit, with its name and how large it is (square degrees, to rank names). */
function names(topology, countries) {
  const geometries = countries.geometries.flatMap((g) => {
    const { geometry } = feature(topology, g);
    const parts = geometry?.type === "Polygon" ? [geometry.coordinates] : geometry?.coordinates ?? [];
    const largest = parts.map((p) => centre(unrolled(p[0]))).sort((x, y) => y.area - x.area)[0];
    if (!largest) return [];
    const lon = ((((largest.at[0] + 180) % 360) + 360) % 360) - 180;
    const at = quantise(topology.transform, [lon, largest.at[1]]);
    return [{ type: "Point", coordinates: at, properties: { name: g.properties.name, size: Math.round(largest.area * 100) / 100 } }];
  });
  return { type: "GeometryCollection", geometries };
}

/** Area and centre of mass of a ring. */
function centre(ring) {
  let twice = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    twice += cross;
    x += (ring[i][0] + ring[i + 1][0]) * cross;
    y += (ring[i][1] + ring[i + 1][1]) * cross;
  }
  return { area: Math.abs(twice / 2), at: twice === 0 ? ring[0] : [x / (3 * twice), y / (3 * twice)] };
}

/** Points of a quantised topology are whole numbers. */
function quantise({ scale, translate }, [x, y]) {
  return [Math.round((x - translate[0]) / scale[0]), Math.round((y - translate[1]) / scale[1])];
}
