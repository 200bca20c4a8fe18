// Finds what a page has of islands and loads only those. A page without islands loads nothing more than this.
import { ahead } from "./ahead";
import { mount, remount, sourceOf, type Island } from "./island";

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

for (const host of document.querySelectorAll<HTMLElement>("[data-island]")) {
  const load = islands[host.dataset.island ?? ""];
  if (load) void mount(host, async () => load(host));
}

// Pages whose parts can change without loading the whole page again.
if (document.querySelector("[hx-select]")) {
  void import("./parts").then(({ begin }) => begin((host) => {
    const load = islands[host.dataset.island ?? ""];
    if (load) void remount(host, async () => load(host));
  }));
}
