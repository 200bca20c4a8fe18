// Draws lanes into an SVG. Each lane has the same height, weight and ink, whoever it belongs to, in the order given.
import { shown } from "../words";
import { project, ticks, type Window } from "./days";
import { stack, type Item, type Lane } from "./shapes";
import { svg } from "./svg";

const ROW = 14;
/** Rows of a lane at most; every lane has as many as the fullest one needs. */
const ROWS = 3;
const AXIS = 22;
const EDGE = 8;
/** More items in view than this are not drawn; the caption says so. */
export const MOST = 1500;

export interface Drawn { picture: SVGSVGElement; seen: number; drawn: number }

export function draw(lanes: Lane[], window: Window, width: number): Drawn {
  const inner = width - 2 * EDGE;
  const x = (at: number) => EDGE + project(at, window, inner);
  const day = (window.to - window.from) / inner;
  const inView = (i: Item) => i.to > window.from && i.from < window.to;
  const seen = lanes.map((lane) => lane.items.filter(inView));
  const total = seen.reduce((n, items) => n + items.length, 0);
  // Every lane is thinned by the same share, so that none looks busier than it is beside another.
  const share = Math.min(1, MOST / Math.max(total, 1));
  const shownOf = seen.map((all) => (share === 1 ? all : all.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share))));
  const rowsOf = shownOf.map((items) => stack(items.map((i) => extent(i, day)), ROWS, day));
  const rowsNeeded = 1 + rowsOf.flat().reduce((most, row) => Math.max(most, row), 0);
  const laneHeight = ROW * rowsNeeded + 24;
  const height = AXIS + lanes.length * laneHeight;
  const picture = svg("svg", { class: "lanes", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Timeline" });
  picture.append(softEnds());
  for (const tick of ticks(window, inner)) {
    picture.append(
      svg("line", { class: "tick", x1: x(tick.at), x2: x(tick.at), y1: AXIS - 4, y2: height }),
      svg("text", { class: "axis", x: x(tick.at) + 2, y: 12 }, tick.text),
    );
  }
  let drawn = 0;
  lanes.forEach((lane, index) => {
    const top = AXIS + index * laneHeight;
    const all = seen[index] ?? [];
    const items = shownOf[index] ?? [];
    drawn += items.length;
    const group = svg("g", { role: "list", class: "lane", "aria-label": `${shown(lane.actor)}: ${all.length} in view` });
    items.forEach((item, i) => group.append(entry(item, x, top + 20 + (rowsOf[index]?.[i] ?? 0) * ROW + ROW / 2, i === 0)));
    const undated = lane.undated.length > 0 ? ` · ${lane.undated.length} without a date` : "";
    picture.append(
      svg("line", { class: "rule", x1: 0, x2: width, y1: top, y2: top }),
      svg("text", { class: "actor", x: EDGE, y: top + 14 }, `${shown(lane.actor)}`, svg("tspan", { class: "axis" }, ` ${all.length}${undated}`)),
      group,
    );
  });
  return { picture, seen: total, drawn };
}

/** What an item takes up in its row, in days; `day` is the width of a pixel. A dot is as wide as a dot, not as a day. */
function extent(item: Item, day: number): { from: number; to: number } {
  const middle = (item.from + item.to) / 2;
  return item.shape === "dot" ? { from: middle - 5 * day, to: middle + 5 * day } : { from: item.from, to: Math.max(item.to, item.from + 11 * day) };
}

/** One item: a link with a title that can be read aloud. One stop of the Tab key per lane; arrow keys go on from there. */
function entry(item: Item, x: (at: number) => number, y: number, first: boolean): SVGGElement {
  const name = `${shown(item.title)}, ${item.dates}`;
  const inside: SVGElement[] = shape(item, x, y);
  const link = svg("a", { tabindex: first ? "0" : "-1", "aria-label": name, ...(item.path ? { href: item.path } : {}) }, svg("title", {}, name), ...inside);
  return svg("g", { role: "listitem" }, link);
}

function shape(item: Item, x: (at: number) => number, y: number): SVGElement[] {
  const [left, right] = [x(item.from), x(item.to)];
  const bar = (kind: string) => {
    const width = Math.max(right - left, 10);
    return [svg("rect", { class: "bar", x: left, y: y - 4, width, height: 8, fill: `url(#${kind})` }),
      svg("line", { class: "core", x1: left + width * 0.3, x2: left + width * 0.7, y1: y, y2: y })];
  };
  switch (item.shape) {
    case "dot": return [svg("circle", { class: "dot", cx: (left + right) / 2, cy: y, r: 4.5 })];
    case "bar": return bar("soft-both");
    case "open-end": return [svg("circle", { class: "dot", cx: left, cy: y, r: 3 }), ...bar("soft-right")];
    case "open-start": return [svg("circle", { class: "dot", cx: right, cy: y, r: 3 }), ...bar("soft-left")];
    case "undated": return [];
  }
}

/** Fading fills: ends that are not known are not drawn as edges. */
function softEnds(): SVGDefsElement {
  const fade = (id: string, stops: [number, number][]) => svg("linearGradient", { id },
    ...stops.map(([offset, opacity]) => svg("stop", { offset, "stop-opacity": opacity, class: "fade" })));
  return svg("defs", {},
    fade("soft-both", [[0, 0.05], [0.25, 0.75], [0.75, 0.75], [1, 0.05]]),
    fade("soft-right", [[0, 0.75], [0.3, 0.6], [1, 0]]),
    fade("soft-left", [[0, 0], [0.7, 0.6], [1, 0.75]]));
}
