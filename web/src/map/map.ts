// The map island: MapLibre over a base map of our own, marks by precision, state in the address.
import { Map as MapLibre, prewarm, setWorkerUrl, type GeoJSONSource, type LayerSpecification, type LngLat, type SourceSpecification, type StyleSpecification } from "maplibre-gl";
import { readParam, writeParam } from "../address";
import { element, fetchJson, type Island } from "../island";
import { counted } from "../words";
import { loadBase } from "./base";
import { COARSE, coarsenWhileMoving } from "./coarse";
import { colours, darkQuery } from "./colours";
import { forgetImages, provideImages } from "./images";
import { baseLayers, DETAIL_ZOOM, GROUPED_FROM, GROUPED_TO, layers, MARK_LAYERS } from "./layers";
import { areas, bounds, points, readMarks, type Marks } from "./marks";
import { key, list, toolbar } from "./panel";
import { readPosition, writePosition } from "./position";
import { viewOf } from "./views";

// The worker starts while the data is still on its way.
setWorkerUrl(new URL(BUILT.worker, location.href).href);
prewarm();

const island: Island = async (host, stage) => {
  let view = viewOf(readParam("borders"));
  const dark = darkQuery();
  const [world, data] = await Promise.all([loadBase("world"), fetchJson(host)]);
  const marks = readMarks(data);
  const grouped = marks.marks.length > GROUPED_FROM;

  const holder = element("div", { class: "map-frame" });
  stage.append(holder);
  const asked = readPosition(readParam("at"));
  const box = bounds(marks.marks);
  const fit = { padding: 40, maxZoom: 7, animate: false };
  const map = new MapLibre({
    container: holder,
    style: style(world, marks, grouped, layers(colours(dark.matches), view, grouped)),
    ...(asked ?? (box ? { bounds: box, fitBoundsOptions: fit } : { center: [20, 20] as [number, number], zoom: 1 })),
    maxZoom: 12,
    pixelRatio: COARSE,
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
  performance.mark("map-usable");
  await loaded(map);
  // Only when the first picture is on the screen is it made sharp: without a graphics card that takes as long again.
  await frame();
  await frame();
  performance.mark("map-drawn");
  map.setPixelRatio(devicePixelRatio);
  coarsenWhileMoving(map);

  const apply = () => {
    const now = colours(dark.matches);
    for (const layer of [...layers(now, view, grouped), ...baseLayers("detail", now, view)]) {
      if (!map.getLayer(layer.id)) continue;
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
      map.setLayoutProperty(layer.id, "visibility", layer.layout?.visibility ?? "visible");
    }
  };
  const recolour = () => { forgetImages(map); apply(); };
  dark.addEventListener("change", recolour);

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
  stage.append(hit, key(marks, grouped));

  map.on("moveend", () => {
    const centre = map.getCenter();
    writeParam("at", writePosition({ center: [centre.lng, centre.lat], zoom: map.getZoom() }));
  });
  map.on("click", (event) => {
    const { x, y } = event.point;
    const features = map.queryRenderedFeatures([[x - 3, y - 3], [x + 3, y + 3]], { layers: MARK_LAYERS.filter((id) => map.getLayer(id)) });
    const group = features.find((f) => f.layer.id === "groups");
    if (group) { openGroup(map, Number(group.properties.cluster_id), event.lngLat); return; }
    const found = [...new Set(features.map((f) => Number(f.properties.index)))].flatMap((i) => marks.marks[i]?.entries ?? []);
    const [only] = found;
    if (only && found.length === 1) location.assign(only.path);
    else list(hit, found.length > 0 ? `${counted(found.length, "incident")} here` : "No incident here", found);
  });
  for (const layer of MARK_LAYERS.filter((id) => map.getLayer(id))) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  addDetail(map, () => baseLayers("detail", colours(dark.matches), view));
  return () => { dark.removeEventListener("change", recolour); map.remove(); };
};

/** Looks as closely as it takes for a group to come apart. */
function openGroup(map: MapLibre, id: number, at: LngLat): void {
  void map.getSource<GeoJSONSource>("points")?.getClusterExpansionZoom(id).then((zoom) => map.jumpTo({ center: at, zoom }));
}

/** The finer coast and borders come when someone looks closely; without them the coarse ones stay. */
function addDetail(map: MapLibre, drawn: () => LayerSpecification[]): void {
  let asked = false;
  const look = () => {
    if (asked || map.getZoom() < DETAIL_ZOOM) return;
    asked = true;
    loadBase("detail").then((detail) => {
      map.addSource("detail", detail);
      for (const layer of drawn()) map.addLayer(layer, "names");
      for (const part of ["land", "agreed", "disputed"]) map.setLayerZoomRange(`world-${part}`, 0, DETAIL_ZOOM);
    }).catch(() => { asked = false; });
  };
  map.on("moveend", look);
  look();
}

function style(world: SourceSpecification, marks: Marks, grouped: boolean, drawn: StyleSpecification["layers"]): StyleSpecification {
  const geojson = (data: GeoJSON.FeatureCollection): SourceSpecification => ({ type: "geojson", data, tolerance: 0, maxzoom: 12 });
  const together = { cluster: true, clusterRadius: 44, clusterMaxZoom: GROUPED_TO, clusterProperties: { n: ["+", ["get", "n"]] } };
  const sources = { world, points: { ...geojson(points(marks.marks)), ...(grouped ? together : {}) } as SourceSpecification, areas: geojson(areas(marks.marks)) };
  return { version: 8, sources, layers: drawn };
}

const frame = (): Promise<void> => new Promise((resolve) => { requestAnimationFrame(() => resolve()); });

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
