// Cuts rings where they cross the 180th meridian or run round a pole. World-atlas has them whole, as on a globe; on a flat map
// they would draw lines right across it. Pure functions, tested in tests/unit.

/** @typedef {[number, number]} Point */

/** The ring without jumps: longitudes run on past 180 degrees. @param {Point[]} ring @returns {Point[]} */
export function unrolled(ring) {
  let turn = 0;
  return ring.map(([lon, lat], i) => {
    const before = ring[i - 1]?.[0] ?? lon;
    if (lon - before > 180) turn -= 360;
    else if (lon - before < -180) turn += 360;
    return [lon + turn, lat];
  });
}

/** True if the ring has a place to be cut. @param {Point[]} ring */
export function crosses(ring) {
  return ring.some(([lon], i) => i > 0 && Math.abs(lon - (ring[i - 1]?.[0] ?? lon)) > 180);
}

/** The parts of a ring that lie between 180 degrees west and east, closed. @param {Point[]} ring @returns {Point[][]} */
export function cut(ring) {
  const whole = unrolled(ring);
  const first = whole[0], last = whole.at(-1);
  if (!first || !last) return [];
  if (Math.abs(last[0] - first[0]) > 180) {
    // It runs round a pole: closed along the edge of the map.
    const pole = whole.reduce((sum, p) => sum + p[1], 0) < 0 ? -90 : 90;
    whole.push([last[0], pole], [first[0], pole], first);
  }
  return [-360, 0, 360].map((shift) => clip(clip(whole.map(([lon, lat]) => [lon + shift, lat]), -180, 1), 180, -1)).filter((part) => part.length > 3);
}

/** What of a closed ring lies on one side of a meridian (east of it if `sign` is 1). @param {Point[]} ring @param {number} at @param {1 | -1} sign @returns {Point[]} */
function clip(ring, at, sign) {
  const inside = ([lon]) => sign * (lon - at) >= 0;
  const out = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    if (inside(a)) out.push(a);
    if (inside(a) !== inside(b)) out.push([at, a[1] + ((b[1] - a[1]) * (at - a[0])) / (b[0] - a[0])]);
  }
  if (out.length > 0) out.push(out[0]);
  return out;
}
