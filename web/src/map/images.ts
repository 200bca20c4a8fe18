// Images that the map draws with: hatching, names and numbers, painted on a canvas. So no font files have to be fetched,
// and names in any script look as on the rest of the page.
import type { Map as MapLibre } from "maplibre-gl";
import type { Colours } from "./colours";

/** Pixels of an image for each of the page: no more than the screen shows, as every one of them is copied several times. */
const RATIO = Math.min(2, Math.max(1, Math.ceil(devicePixelRatio)));
/** The same for hatching, which is one small image and stays thin. */
const FINE = 2;
const FONT = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';

/** Paints any image that a layer asks for: "hatch", "name:Kenya", "n:12" or "group:120". */
export function provideImages(map: MapLibre, palette: () => Colours): void {
  map.setMissingStyleImageResolver((id) => {
    if (map.hasImage(id)) return;
    if (id === "hatch") map.addImage(id, hatch(palette().mark), { pixelRatio: FINE });
    else if (id.startsWith("name:")) map.addImage(id, words(id.slice(5), 11, palette().name, palette().halo), { pixelRatio: RATIO });
    else if (id.startsWith("n:")) map.addImage(id, words(id.slice(2), 11, palette().mark, palette().halo, "600"), { pixelRatio: RATIO });
    else if (id.startsWith("group:")) map.addImage(id, box(id.slice(6), palette()), { pixelRatio: RATIO });
  });
}

/** Forgets every image that was painted, so that it is painted anew in other colours. */
export function forgetImages(map: MapLibre): void {
  for (const id of map.listImages()) map.removeImage(id);
}

/** Diagonal lines that join up from tile to tile. */
function hatch(ink: string): ImageData {
  const size = 8 * FINE;
  const { context } = canvas(size, size);
  context.strokeStyle = ink;
  context.lineWidth = 1.2 * FINE;
  for (const shift of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(shift - 2, size + 2);
    context.lineTo(shift + size + 2, -2);
    context.stroke();
  }
  return context.getImageData(0, 0, size, size);
}

/** One canvas for measuring all words. */
let measure: CanvasRenderingContext2D | undefined;

function words(text: string, size: number, ink: string, halo: string, weight = "400"): ImageData {
  const font = `${weight} ${size * RATIO}px ${FONT}`;
  measure ??= canvas(1, 1).context;
  measure.font = font;
  const width = Math.ceil(measure.measureText(text).width) + 6 * RATIO;
  const height = Math.ceil(size * 1.5) * RATIO;
  const { context } = canvas(width, height);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3 * RATIO;
  context.strokeStyle = halo;
  context.fillStyle = ink;
  context.strokeText(text, width / 2, height / 2);
  context.fillText(text, width / 2, height / 2);
  return context.getImageData(0, 0, width, height);
}

/** A number in a box: many marks together. No shape that says how exact a place is. */
function box(text: string, c: Colours): ImageData {
  const inside = words(text, 11, c.mark, c.land, "600");
  const { context } = canvas(inside.width + 4 * RATIO, inside.height + 2 * RATIO);
  context.fillStyle = c.land;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.putImageData(inside, 2 * RATIO, RATIO);
  context.globalCompositeOperation = "destination-over";
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = "source-over";
  context.strokeStyle = c.mark;
  context.lineWidth = 1.2 * RATIO;
  context.strokeRect(RATIO / 2, RATIO / 2, context.canvas.width - RATIO, context.canvas.height - RATIO);
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

function canvas(width: number, height: number): { context: CanvasRenderingContext2D } {
  const made = document.createElement("canvas");
  made.width = width;
  made.height = height;
  const context = made.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  return { context };
}
