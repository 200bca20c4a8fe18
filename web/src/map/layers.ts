// The layers of the map, from the bottom up: land, borders, names, hatched areas, circles, dots.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Colours } from "./colours";
import { lines, type View } from "./views";

/** Layers that a click on the map asks for what it hit, the topmost first. */
export const MARK_LAYERS = ["dots", "circles", "areas"];

/** The zoom from which the finer base map is drawn. */
export const DETAIL_ZOOM = 5;

export function layers(c: Colours, view: View): LayerSpecification[] {
  return [
    { id: "water", type: "background", paint: { "background-color": c.water } },
    ...(["world", "detail"] as const).flatMap((scale) => base(scale, c, view)),
    {
      id: "names", type: "symbol", source: "world-names",
      layout: { "icon-image": ["concat", "name:", ["get", "name"]], "icon-padding": 6, "symbol-sort-key": ["-", 0, ["get", "size"]] },
    },
    {
      id: "areas", type: "fill", source: "areas",
      paint: { "fill-pattern": "hatch", "fill-opacity": 0.55 },
    },
    { id: "areas-rim", type: "line", source: "areas", paint: { "line-color": c.mark, "line-width": 1, "line-opacity": 0.7 } },
    {
      id: "circles", type: "circle", source: "points", filter: ["==", ["get", "precision"], "near"],
      paint: {
        "circle-radius": growing(4), "circle-color": c.mark, "circle-opacity": 0.15,
        "circle-stroke-color": c.mark, "circle-stroke-width": 1.2, "circle-stroke-opacity": 0.9,
      },
    },
    {
      id: "dots", type: "circle", source: "points", filter: ["==", ["get", "precision"], "exact"],
      paint: {
        // More incidents at one point make a larger dot, by area, up to a limit.
        "circle-radius": ["min", 12, ["+", 2.5, ["*", 1.2, ["sqrt", ["get", "n"]]]]],
        "circle-color": c.mark, "circle-opacity": 0.85, "circle-stroke-color": c.rim, "circle-stroke-width": 1,
      },
    },
    {
      id: "numbers", type: "symbol", source: "points", filter: [">", ["get", "n"], 1], minzoom: 4,
      layout: {
        "icon-image": ["concat", "n:", ["to-string", ["get", "n"]]],
        "icon-offset": ["case", ["==", ["get", "precision"], "exact"], ["literal", [14, -8]], ["literal", [0, 0]]],
        "symbol-sort-key": ["-", 0, ["get", "n"]],
      },
    },
  ];
}

function base(scale: "world" | "detail", c: Colours, view: View): LayerSpecification[] {
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
