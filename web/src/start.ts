// Finds what a page has of islands and loads only those. A page without islands loads nothing more than this.
import { ahead } from "./ahead";
import { mount, sourceOf, type Island } from "./island";

const islands: Record<string, (host: HTMLElement) => Promise<{ default: Island }>> = {
  map: (host) => {
    ahead(BUILT.world);
    ahead(sourceOf(host));
    return import("./map/map");
  },
  timeline: () => import("./timeline/timeline"),
  chart: () => import("./chart/chart"),
  select: () => import("./select/select"),
};

function mountAll(root: ParentNode): void {
  for (const host of root.querySelectorAll<HTMLElement>("[data-island]:not([data-mounted])")) {
    const load = islands[host.dataset.island ?? ""];
    if (load) void mount(host, async () => load(host));
  }
}

mountAll(document);
// htmx puts new parts into the page; their islands come alive too.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target instanceof Element) mountAll(event.target.parentElement ?? event.target);
});
