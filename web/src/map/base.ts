// The base map's files: made at build time from Natural Earth (public domain), served by this server.
import type { FeatureCollection, Geometry } from "geojson";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";

export const PARTS = ["land", "agreed", "disputed", "names"] as const;
export type Part = (typeof PARTS)[number];
export type Base = Record<Part, FeatureCollection>;

/** Fetches one scale and unpacks it. */
export async function loadBase(scale: "world" | "detail"): Promise<Base> {
  const response = await fetch(BUILT[scale]);
  if (!response.ok) throw new Error(`base map: ${response.status}`);
  const topology = await response.json() as Topology;
  const unpack = (part: Part): FeatureCollection => {
    const object = topology.objects[part];
    if (!object) throw new Error(`base map without ${part}`);
    const made = feature(topology, object);
    return made.type === "FeatureCollection" ? made as FeatureCollection<Geometry> : { type: "FeatureCollection", features: [made] };
  };
  return { land: unpack("land"), agreed: unpack("agreed"), disputed: unpack("disputed"), names: unpack("names") };
}
