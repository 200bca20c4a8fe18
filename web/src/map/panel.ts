// What stands around the map: how much is drawn, the key, the choice of borders, and the list of what was hit.
import { button, element } from "../island";
import { counted, shown } from "../words";
import type { Entry, Marks } from "./marks";
import { VIEWS, viewOf, type View } from "./views";

const LISTED = 100;

export interface Controls { zoom(by: number): void; all(): void; inView(): void; choose(view: View): void }

export function toolbar(view: View, controls: Controls): HTMLElement {
  const bar = element("div", { class: "island-bar", role: "toolbar", "aria-label": "Map" });
  const select = element("select", { "aria-label": "How borders are drawn" });
  for (const choice of VIEWS) {
    const option = element("option", { value: choice.id }, choice.label);
    option.selected = choice.id === view;
    select.append(option);
  }
  select.addEventListener("change", () => controls.choose(viewOf(select.value)));
  bar.append(
    button("+", "Zoom in", () => controls.zoom(1)),
    button("−", "Zoom out", () => controls.zoom(-1)),
    button("All", "Show all incidents", controls.all),
    button("List what is in view", "List what is in view", controls.inView),
    select,
  );
  return bar;
}

/** The key: a word for each way of drawing, with how many incidents are drawn so. */
export function key({ marks, placed, without, left }: Marks, grouped: boolean): HTMLElement {
  const sum = (precision: string) => marks.filter((m) => m.precision === precision).reduce((n, m) => n + m.entries.length, 0);
  const list = element("ul", { class: "island-key" });
  for (const [precision, words] of [["exact", "at the place"], ["near", "near it: circle"], ["area", "only the area is known: hatched"]] as const) {
    const item = element("li");
    item.append(element("span", { class: `key-${precision}`, "aria-hidden": "true" }), `${sum(precision).toLocaleString("en")} ${words}`);
    list.append(item);
  }
  if (grouped) list.append(element("li", {}, "a number in a box: so many close together; click it or zoom in"));
  list.append(element("li", {}, `${counted(without, "incident")} without a location, ${placed.toLocaleString("en")} with one`));
  if (left > 0) list.append(element("li", {}, `${left.toLocaleString("en")} more with a location than are sent at once: filter further`));
  list.append(element("li", { class: "island-credit" }, "Base map: Natural Earth, public domain. It draws who holds the land and decides nothing."));
  return list;
}

/** Lists incidents below the map as links. */
export function list(where: HTMLElement, heading: string, entries: Entry[]): void {
  const items = element("ul");
  for (const entry of entries.slice(0, LISTED)) {
    const item = element("li");
    const link = element("a", { href: entry.path, dir: "auto" }, shown(entry.title));
    item.append(link, entry.when ? ` ${entry.when}` : "");
    items.append(item);
  }
  const rest = entries.length - LISTED;
  where.replaceChildren(element("p", {}, rest > 0 ? `${heading}; the first ${LISTED} are listed, the table has all` : heading), items);
}
