// The layers of the map, from the bottom up: land, borders, names, hatched areas, circles, dots.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Colours } from "./colours";
import { lines, type View } from "./views";

/** Layers that a click on the map asks for what it hit, the topmost first. */
export const MARK_LAYERS = ["groups", "dots", "circles", "areas", "areas-far"];

/** With more marks than this, those close together are drawn as one number until someone looks closely. */
export const GROUPED_FROM = 1500;

/** The last zoom at which they are. */
export const GROUPED_TO = 7;

/** The zoom from which the finer base map is drawn. */
export const DETAIL_ZOOM = 5;

export function layers(c: Colours, view: View, grouped: boolean): LayerSpecification[] {
  const single = (precision: string): ExpressionSpecification => ["all", ["!", ["has", "point_count"]], ["==", ["get", "precision"], precision]];
  const near = grouped ? { minzoom: GROUPED_TO + 1 } : {};
  return [
    { id: "water", type: "background", paint: { "background-color": c.water } },
    ...baseLayers("world", c, view),
    {
      id: "names", type: "symbol", source: "world-names",
      layout: { "icon-image": ["concat", "name:", ["get", "name"]], "icon-padding": 6, "symbol-sort-key": ["-", 0, ["get", "size"]] },
    },
    {
      id: "areas", type: "fill", source: "areas", ...near,
      paint: { "fill-pattern": "hatch", "fill-opacity": 0.55 },
    },
    { id: "areas-rim", type: "line", source: "areas", ...near, paint: { "line-color": c.mark, "line-width": 1, "line-opacity": 0.7 } },
    // Areas that stand alone while others are grouped: a rim only, as hatching hundreds of them is slow.
    ...(grouped ? [{
      id: "areas-far", type: "circle" as const, source: "points", maxzoom: GROUPED_TO + 1, filter: single("area"),
      paint: { "circle-radius": growing(5), "circle-opacity": 0, "circle-stroke-color": c.mark, "circle-stroke-width": 1, "circle-stroke-opacity": 0.7 },
    }] : []),
    {
      id: "circles", type: "circle", source: "points", filter: single("near"),
      paint: {
        "circle-radius": growing(4), "circle-color": c.mark, "circle-opacity": 0.15,
        "circle-stroke-color": c.mark, "circle-stroke-width": 1.2, "circle-stroke-opacity": 0.9,
      },
    },
    {
      id: "dots", type: "circle", source: "points", filter: single("exact"),
      paint: {
        // More incidents at one point make a larger dot, by area, up to a limit.
        "circle-radius": ["min", 12, ["+", 2.5, ["*", 1.2, ["sqrt", ["get", "n"]]]]],
        "circle-color": c.mark, "circle-opacity": 0.85, "circle-stroke-color": c.rim, "circle-stroke-width": 1,
      },
    },
    {
      id: "numbers", type: "symbol", source: "points", filter: ["all", ["!", ["has", "point_count"]], [">", ["get", "n"], 1]], minzoom: 4,
      layout: {
        "icon-image": ["concat", "n:", ["to-string", ["get", "n"]]],
        "icon-offset": ["case", ["==", ["get", "precision"], "exact"], ["literal", [14, -8]], ["literal", [0, 0]]],
        "symbol-sort-key": ["-", 0, ["get", "n"]],
      },
    },
    {
      id: "groups", type: "symbol", source: "points", filter: ["has", "point_count"],
      layout: { "icon-image": ["concat", "group:", ["to-string", ["get", "n"]]], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
  ];
}

/** Land and borders at one scale; the fine one is added when someone looks closely. */
export function baseLayers(scale: "world" | "detail", c: Colours, view: View): LayerSpecification[] {
  const drawn = lines(view);
  const zoom = scale === "world" ? { maxzoom: DETAIL_ZOOM + 2 } : { minzoom: DETAIL_ZOOM };
  const shown = (yes: boolean) => ({ visibility: yes ? "visible" as const : "none" as const });
  return [
    { id: `${scale}-land`, type: "fill", source: `${scale}-land`, ...zoom, paint: { "fill-color": c.land, "fill-outline-color": c.coast } },
    {
      id: `${scale}-agreed`, type: "line", source: `${scale}-agreed`, ...zoom, layout: shown(drawn.agreed),
      paint: { "line-color": c.border, "line-width": 1 },
    },
    {
      id: `${scale}-disputed`, type: "line", source: `${scale}-disputed`, ...zoom, layout: shown(drawn.disputed !== "hidden"),
      paint: {
        "line-color": drawn.disputed === "dashed" ? c.disputed : c.border, "line-width": drawn.disputed === "dashed" ? 1.3 : 1,
        "line-dasharray": drawn.disputed === "dashed" ? [3, 2.5] : [1, 0],
      },
    },
  ];
}

/** A radius given in kilometres: doubles with each zoom, and never falls below what can be seen and hit. */
function growing(least: number): ExpressionSpecification {
  const stops = Array.from({ length: 15 }, (_, zoom) => [zoom, ["max", least, ["*", ["get", "px"], 2 ** zoom]]]).flat();
  return ["interpolate", ["exponential", 2], ["zoom"], ...stops] as unknown as ExpressionSpecification;
}
