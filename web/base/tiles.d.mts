// Types of tiles.mjs, for tests.
export function packTiles(parts: Record<string, object>, zooms: [number, number], extent?: number): Uint8Array;
