// How exact a place is, and how that is drawn: a dot where it is exact, a circle where it is near, a hatched circle where
// only a district, province or country is known. Nothing is drawn more exactly than it was said.

export type Precision = "exact" | "near" | "area";

/** From this radius on, in km, "near" is no better than a district, and is drawn like one. */
const DISTRICT = 30;

/** Precision of a place by ACLED's code: 1 is the place, 2 near it or a district, 3 the region. What is not known is drawn as
 * the least exact, never as a dot. */
export function precisionOf(code: unknown, radius: unknown): Precision {
  return code === 1 ? "exact" : code === 2 && !(Number(radius) >= DISTRICT) ? "near" : "area";
}

/** Radius to draw, in km. A dot has none. */
export function radiusOf(radius: unknown, precision: Precision): number {
  if (precision === "exact") return 0;
  const km = Number(radius);
  if (Number.isFinite(km) && km > 0) return Math.min(km, 2000);
  return precision === "near" ? 10 : 40;
}

/** Pixels of a radius at zoom 0 on a map of 512-pixel tiles; it doubles with each zoom. */
export function pixelsAtZoom0(km: number, latitude: number): number {
  const metresPerPixel = 78271.517 * Math.cos((Math.min(Math.abs(latitude), 85) * Math.PI) / 180);
  return (km * 1000) / metresPerPixel;
}

/** A circle of that radius as a closed ring of degrees. */
export function ring([lon, lat]: [number, number], km: number, corners = 48): [number, number][] {
  const high = km / 111.195;
  const wide = high / Math.max(Math.cos((lat * Math.PI) / 180), 0.05);
  return Array.from({ length: corners + 1 }, (_, i) => {
    const turn = ((i % corners) * 2 * Math.PI) / corners;
    return [lon + wide * Math.cos(turn), Math.max(-89.9, Math.min(89.9, lat + high * Math.sin(turn)))];
  });
}
