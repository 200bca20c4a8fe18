// For machines without a graphics card: while the map moves, and until its first picture is there, it may be drawn with
// fewer pixels; at rest it is sharp. A machine that is quick enough never sees the difference.
import type { Map as MapLibre } from "maplibre-gl";

/** Pixels per CSS pixel while it has to be quick. */
export const COARSE = 0.5;
/** Frames slower than this, in ms, make the map coarser while it moves. */
const SLOW = 40;

/** The middle of some numbers; 0 of none. */
export function middle(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** True if the last frames say that this machine cannot keep up at full sharpness. */
export function tooSlow(frames: number[]): boolean {
  return frames.length >= 3 && middle(frames) > SLOW;
}

export function coarsenWhileMoving(map: MapLibre): void {
  const sharp = devicePixelRatio;
  let frames: number[] = [];
  let last = 0;
  let slow = false;
  map.on("movestart", () => { frames = []; last = 0; if (slow) map.setPixelRatio(COARSE); });
  map.on("render", () => {
    if (slow || !map.isMoving()) return;
    const now = performance.now();
    if (last > 0) frames = [...frames.slice(-8), now - last];
    last = now;
    if (tooSlow(frames)) { slow = true; map.setPixelRatio(COARSE); }
  });
  map.on("moveend", () => { if (slow) map.setPixelRatio(sharp); });
}
