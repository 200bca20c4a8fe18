// Makes the base map from Natural Earth (public domain), which the npm package world-atlas carries: land, borders sorted into
// agreed and disputed ones, and a point for each name. Called by vite.config.ts; nothing is fetched.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mergeArcs } from "topojson-client";
import { readDisputed, sortBorders } from "./borders.mjs";

const require = createRequire(import.meta.url);

/** The base map at both scales, as TopoJSON under the names of its files. @returns {Map<string, string>} */
export function makeBase() {
  const rows = readDisputed(readFileSync(new URL("disputed.tsv", import.meta.url), "utf8"));
  const used = new Set();
  const made = new Map([["base/world.json", make("50m", rows, used)], ["base/detail.json", make("10m", rows, used)]]);
  const unused = rows.filter((r) => !used.has(r));
  if (unused.length > 0) {
    throw new Error(`disputed.tsv: no such line in the data: ${unused.map((r) => `${r.a} / ${r.b} (${r.what})`).join("; ")}`);
  }
  return made;
}

function make(scale, rows, allUsed) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));
  const { agreed, disputed, used } = sortBorders(topology, rows);
  for (const row of used) allUsed.add(row);
  const countries = topology.objects.countries;
  topology.objects = {
    land: mergeArcs(topology, countries.geometries),
    agreed: { type: "MultiLineString", arcs: agreed },
    disputed: {
      type: "GeometryCollection",
      geometries: [...disputed].map(([what, arcs]) => ({ type: "MultiLineString", arcs, properties: { what } })),
    },
    names: scale === "50m" ? names(topology, countries) : { type: "GeometryCollection", geometries: [] },
  };
  return JSON.stringify(topology);
}

/** A point inside the largest part of each unit, with its name and how large it is (square degrees, to rank names). */
function names(topology, countries) {
  const geometries = countries.geometries.flatMap((g) => {
    const { geometry } = feature(topology, g);
    const parts = geometry?.type === "Polygon" ? [geometry.coordinates] : geometry?.coordinates ?? [];
    const largest = parts.map((p) => ({ ring: p[0], ...centre(p[0]) })).sort((x, y) => y.area - x.area)[0];
    if (!largest) return [];
    const at = topology.transform ? quantise(topology.transform, largest.at) : largest.at;
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
