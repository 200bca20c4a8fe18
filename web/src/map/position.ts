// Where the map looks, as it stands in the page's address: "33.9,69.9,6.5" (north, east, zoom).

export interface Position { center: [number, number]; zoom: number }

export function readPosition(text: string): Position | undefined {
  const [lat, lon, zoom] = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (lat === undefined || lon === undefined || zoom === undefined) return undefined;
  const inside = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 14;
  return inside ? { center: [lon, lat], zoom } : undefined;
}

export function writePosition({ center: [lon, lat], zoom }: Position): string {
  // Past a full turn a map counts on; an address does not.
  const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
  return `${lat.toFixed(3)},${turned.toFixed(3)},${zoom.toFixed(1)}`;
}
