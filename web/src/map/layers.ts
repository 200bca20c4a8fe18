// The layers of the map, from the bottom up: land, borders, names, hatched areas, circles, dots.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Colours } from "./colours";
import { lines, type View } from "./views";

/** Layers that a click on the map asks for what it hit, the topmost first. */
export const MARK_LAYERS = ["groups", "rounds", "areas", "areas-far"];

/** With more marks than this, those close together are drawn as one number until someone looks closely. */
export const GROUPED_FROM = 1500;

/** The last zoom at which they are. */
export const GROUPED_TO = 7;

/** The zoom from which the finer base map is drawn. */
export const DETAIL_ZOOM = 5;

export function layers(c: Colours, view: View, grouped: boolean): LayerSpecification[] {
  const near = grouped ? { minzoom: GROUPED_TO + 1 } : {};
  return [
    { id: "water", type: "background", paint: { "background-color": c.water } },
    ...baseLayers("world", c, view),
    {
      id: "names", type: "symbol", source: "world", "source-layer": "names",
      layout: { "icon-image": ["concat", "name:", ["get", "name"]], "icon-padding": 6, "symbol-sort-key": ["-", 0, ["get", "size"]] },
    },
    // The rim is a layer of its own, so no edge is smoothed here: that would take another program of the graphics driver.
    { id: "areas", type: "fill", source: "areas", ...near, paint: { "fill-pattern": "hatch", "fill-opacity": 0.55, "fill-antialias": false } },
    { id: "areas-rim", type: "line", source: "areas", ...near, paint: { "line-color": c.mark, "line-width": 1, "line-opacity": 0.7 } },
    // Areas that stand alone while others are grouped: a rim only, as hatching hundreds of them is slow.
    ...(grouped ? [rounds("areas-far", c, ["==", ["get", "precision"], "area"], { maxzoom: GROUPED_TO + 1 })] : []),
    rounds("rounds", c, ["!=", ["get", "precision"], "area"], {}),
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

/** Marks that are round: dots where the place is exact, circles near it, and rims of areas from afar. One way of drawing for
 * all, because each further one takes a program of its own, and on machines without a graphics card the time goes there. */
function rounds(id: string, c: Colours, which: ExpressionSpecification, zooms: { maxzoom?: number }): LayerSpecification {
  const by = <T>(exact: T, near: T, area: T) => ["match", ["get", "precision"], "exact", exact, "near", near, area] as unknown as ExpressionSpecification;
  // More incidents at one point make a larger dot, by area, up to a limit.
  const dot = ["min", 12, ["+", 2.5, ["*", 1.2, ["sqrt", ["get", "n"]]]]];
  // A radius in kilometres doubles with each zoom, and never falls below what can be seen and hit.
  const wide = (zoom: number, least: number) => ["max", least, ["*", ["get", "px"], 2 ** zoom]];
  const stops = Array.from({ length: 15 }, (_, zoom) => [zoom, by(dot, wide(zoom, 4), wide(zoom, 5))]).flat();
  return {
    id, type: "circle", source: "points", ...zooms, filter: ["all", ["!", ["has", "point_count"]], which],
    layout: { "circle-sort-key": by(1, 0, 0) },
    paint: {
      "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], ...stops] as unknown as ExpressionSpecification,
      "circle-color": c.mark, "circle-opacity": by(0.85, 0.15, 0),
      "circle-stroke-color": by(c.rim, c.mark, c.mark), "circle-stroke-width": by(1, 1.2, 1), "circle-stroke-opacity": by(1, 0.9, 0.7),
    },
  };
}

/** Land and borders at one scale; the fine one is added when someone looks closely. */
export function baseLayers(scale: "world" | "detail", c: Colours, view: View): LayerSpecification[] {
  const drawn = lines(view);
  const part = (name: string) => ({ id: `${scale}-${name}`, source: scale, "source-layer": name, ...(scale === "detail" ? { minzoom: DETAIL_ZOOM } : {}) });
  const shown = (yes: boolean) => ({ visibility: yes ? "visible" as const : "none" as const });
  return [
    { ...part("land"), type: "fill", paint: { "fill-color": c.land, "fill-outline-color": c.coast } },
    { ...part("agreed"), type: "line", layout: shown(drawn.agreed), paint: { "line-color": c.border, "line-width": 1 } },
    {
      ...part("disputed"), type: "line", layout: shown(drawn.disputed !== "hidden"),
      paint: {
        "line-color": drawn.disputed === "dashed" ? c.disputed : c.border, "line-width": drawn.disputed === "dashed" ? 1.3 : 1,
        "line-dasharray": drawn.disputed === "dashed" ? [3, 2.5] : [1, 0],
      },
    },
  ];
}
