// The timeline island: lanes side by side in time, moved and zoomed by buttons; the window is kept in the address.
import { readParam, writeParam } from "../address";
import { button, element, fetchJson, type Island } from "../island";
import { counted } from "../words";
import { moved, readWindow, writeWindow, zoomed, type Window } from "./days";
import { draw } from "./draw";
import { readLanes, type Lane } from "./shapes";

const island: Island = async (host, stage) => {
  const lanes = readLanes(await fetchJson(host));
  const all = extent(lanes);
  if (!all) {
    stage.append(element("p", { class: "island-caption" }, "Nothing that fits has a day, so there is nothing to draw in time."));
    return;
  }
  let window = readWindow(readParam("days")) ?? all;
  const frame = element("div", { class: "timeline-frame" });
  const caption = element("p", { class: "island-caption", role: "status" });
  const show = () => {
    const { picture, seen, drawn } = draw(lanes, window, Math.max(frame.clientWidth, 280));
    frame.replaceChildren(picture);
    caption.textContent = `${writeWindow(window).replace("..", " to ")}: ${counted(seen, "item")}${drawn < seen ? `, every lane thinned to ${Math.round((drawn / seen) * 100)} % for drawing` : ""}`;
  };
  const look = (next: Window) => {
    window = next;
    writeParam("days", next === all ? "" : writeWindow(next));
    show();
  };
  const bar = element("div", { class: "island-bar", role: "toolbar", "aria-label": "Timeline" });
  bar.append(
    button("+", "Zoom in", () => look(zoomed(window, 0.5))),
    button("−", "Zoom out", () => look(zoomed(window, 2))),
    button("←", "Earlier", () => look(moved(window, -0.5))),
    button("→", "Later", () => look(moved(window, 0.5))),
    button("All", "Show all days", () => look(all)),
  );
  stage.append(bar, frame, caption);
  frame.addEventListener("keydown", walk);
  show();
  let width = frame.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(frame.clientWidth - width) < 2) return;
    width = frame.clientWidth;
    show();
  }).observe(frame);
};

/** Arrow keys go from item to item within a lane. */
function walk(event: KeyboardEvent): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const here = document.activeElement;
  if (step === 0 || !(here instanceof SVGAElement)) return;
  const links = Array.from(here.closest(".lane")?.querySelectorAll<SVGAElement>("a") ?? []);
  const next = links[links.indexOf(here) + step];
  if (!next) return;
  event.preventDefault();
  here.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function extent(lanes: Lane[]): Window | undefined {
  const items = lanes.flatMap((lane) => lane.items);
  if (items.length === 0) return undefined;
  const from = items.reduce((least, i) => Math.min(least, i.from), Infinity);
  const to = items.reduce((most, i) => Math.max(most, i.to), -Infinity);
  const edge = Math.max(2, Math.round((to - from) * 0.02));
  return { from: from - edge, to: to + edge };
}

export default island;
