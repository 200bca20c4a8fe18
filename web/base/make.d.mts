// Types of make.mjs, for vite.config.ts and tests.
import type { Topology } from "topojson-specification";
export function makeBase(): Map<string, Uint8Array>;
export function makeScales(): { world: Topology; detail: Topology };
