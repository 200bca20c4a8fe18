// Cuts a scale of the base map into vector tiles at build time, and packs them into one file: a browser then has neither to
// parse nor to cut the world before it can draw a corner of it. `src/map/pack.ts` reads the file.
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";

/** Beyond a tile's edge, so that no line ends there; of the 4096 of a tile's side. */
const BUFFER = 64;

/** @param {Record<string, object>} parts feature collections by layer; @param {number[]} zooms first and last; @param {number} extent */
export function packTiles(parts, [first, last], extent = 4096) {
  const options = { maxZoom: last, indexMaxZoom: last, indexMaxPoints: 0, tolerance: 3 * extent / 4096, extent, buffer: BUFFER * extent / 4096 };
  const cut = Object.entries(parts).map(([name, data]) => [name, new GeoJSONVT(data, options)]);
  const tiles = [];
  for (let z = first; z <= last; z++) {
    for (let y = 0; y < 2 ** z; y++) {
      for (let x = 0; x < 2 ** z; x++) {
        const layers = Object.fromEntries(cut.map(([name, index]) => [name, index.getTile(z, x, y)]).filter(([, tile]) => tile?.features.length > 0));
        // Open sea is left out.
        if (Object.keys(layers).length > 0) tiles.push({ z, x, y, bytes: fromGeojsonVt(layers, { version: 2, extent }) });
      }
    }
  }
  return pack(tiles);
}

/** The number of tiles; of each its zoom, column, row, first byte and length; then their bytes. Numbers have four bytes, the low first. */
function pack(tiles) {
  const head = 4 + tiles.length * 20;
  const out = Buffer.alloc(head + tiles.reduce((sum, t) => sum + t.bytes.length, 0));
  out.writeUInt32LE(tiles.length, 0);
  let at = head;
  tiles.forEach(({ z, x, y, bytes }, i) => {
    [z, x, y, at, bytes.length].forEach((n, k) => out.writeUInt32LE(n, 4 + i * 20 + k * 4));
    out.set(bytes, at);
    at += bytes.length;
  });
  return out;
}
