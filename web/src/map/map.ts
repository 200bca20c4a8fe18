// The map island: MapLibre over a base map of our own, marks by precision, state in the address.
import { Map as MapLibre, setWorkerUrl, type GeoJSONSource, type SourceSpecification, type StyleSpecification } from "maplibre-gl";
import { readParam, writeParam } from "../address";
import { element, fetchJson, type Island } from "../island";
import { counted } from "../words";
import { loadBase, PARTS, type Base } from "./base";
import { colours, darkQuery } from "./colours";
import { forgetImages, provideImages } from "./images";
import { DETAIL_ZOOM, layers, MARK_LAYERS } from "./layers";
import { areas, bounds, points, readMarks, type Marks } from "./marks";
import { key, list, toolbar } from "./panel";
import { readPosition, writePosition } from "./position";
import { viewOf } from "./views";

const island: Island = async (host, stage) => {
  setWorkerUrl(new URL("/assets/map-worker.js", location.href).href);
  let view = viewOf(readParam("borders"));
  const dark = darkQuery();
  const [world, data] = await Promise.all([loadBase("world"), fetchJson(host)]);
  const marks = readMarks(data);

  const frame = element("div", { class: "map-frame" });
  stage.append(frame);
  const asked = readPosition(readParam("at"));
  const box = bounds(marks.marks);
  const fit = { padding: 40, maxZoom: 7, animate: false };
  const map = new MapLibre({
    container: frame,
    style: style(world, marks, layers(colours(dark.matches), view)),
    ...(asked ?? (box ? { bounds: box, fitBoundsOptions: fit } : { center: [20, 20] as [number, number], zoom: 1 })),
    maxZoom: 12,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    reduceMotion: true,
    renderWorldCopies: false,
    validateStyle: false,
    locale: { "Map.Title": "Map of incidents; the list below says the same" },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  provideImages(map, () => colours(dark.matches));
  await loaded(map);
  host.dataset.ready = String(Math.round(performance.now()));

  const apply = () => {
    for (const layer of layers(colours(dark.matches), view)) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
      map.setLayoutProperty(layer.id, "visibility", layer.layout?.visibility ?? "visible");
    }
  };
  dark.addEventListener("change", () => { forgetImages(map); apply(); });

  const hit = element("div", { class: "island-hits", role: "status" });
  const bar = toolbar(view, {
    zoom: (by) => map.jumpTo({ zoom: map.getZoom() + by }),
    all: () => { if (box) map.fitBounds(box, fit); },
    inView: () => {
      const seen = map.getBounds();
      const entries = marks.marks.filter((m) => seen.contains(m.at)).flatMap((m) => m.entries);
      list(hit, `${counted(entries.length, "incident")} in view`, entries);
    },
    choose: (chosen) => { view = chosen; writeParam("borders", view === "neutral" ? "" : view); apply(); },
  });
  stage.prepend(bar);
  stage.append(hit, key(marks));

  map.on("moveend", () => {
    const centre = map.getCenter();
    writeParam("at", writePosition({ center: [centre.lng, centre.lat], zoom: map.getZoom() }));
  });
  map.on("click", (event) => {
    const { x, y } = event.point;
    const features = map.queryRenderedFeatures([[x - 3, y - 3], [x + 3, y + 3]], { layers: MARK_LAYERS });
    const found = [...new Set(features.map((f) => Number(f.properties.index)))].flatMap((i) => marks.marks[i]?.entries ?? []);
    const [only] = found;
    if (only && found.length === 1) location.assign(only.path);
    else list(hit, found.length > 0 ? `${counted(found.length, "incident")} here` : "No incident here", found);
  });
  for (const layer of MARK_LAYERS) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  addDetail(map);
};

/** The finer coast and borders come when someone looks closely; without them the coarse ones stay. */
function addDetail(map: MapLibre): void {
  let asked = false;
  const look = () => {
    if (asked || map.getZoom() < DETAIL_ZOOM) return;
    asked = true;
    loadBase("detail").then((detail) => {
      for (const part of PARTS) map.getSource<GeoJSONSource>(`detail-${part}`)?.setData(detail[part]);
      for (const layer of ["land", "agreed", "disputed"]) map.setLayerZoomRange(`world-${layer}`, 0, DETAIL_ZOOM);
    }).catch(() => { asked = false; });
  };
  map.on("moveend", look);
  look();
}

function style(world: Base, marks: Marks, drawn: StyleSpecification["layers"]): StyleSpecification {
  const geojson = (data: GeoJSON.FeatureCollection, tolerance = 0.375): SourceSpecification => ({ type: "geojson", data, tolerance, maxzoom: 12 });
  const none: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  const sources: Record<string, SourceSpecification> = { points: geojson(points(marks.marks), 0), areas: geojson(areas(marks.marks), 0) };
  for (const part of PARTS) {
    sources[`world-${part}`] = geojson(world[part]);
    sources[`detail-${part}`] = geojson(none);
  }
  return { version: 8, sources, layers: drawn };
}

/** Ready when the first picture is drawn; an error before that fails the island, and the plain page stays. */
async function loaded(map: MapLibre): Promise<void> {
  const first = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the map took more than 20 seconds")), 20_000);
    map.once("load", () => { clearTimeout(timer); resolve(); });
    map.once("error", (event) => { clearTimeout(timer); reject(event.error); });
  });
  try { await first; } catch (error) { map.remove(); throw error; }
}

export default island;
