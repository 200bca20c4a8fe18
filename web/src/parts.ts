// Parts of a page that change without loading it again: in the inbox the draft, in the explorer counts and table. The server
// answers with whole pages, as it does without scripts; htmx takes the parts out of them that the page names (`hx-select`).
// This file sets htmx up for the desk's policy, keeps the focus, says aloud what came, and tells the islands what is asked now.
import htmx from "htmx.org";
import { sourceNow } from "./address";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  // Words of reports are not left behind in the browser's storage: going back asks the desk again.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  defaultSettleDelay: 0,
  // A fault is shown as the page that tells of it.
  responseHandling: [{ code: "[23]..", swap: true }, { code: "[45]..", swap: true, error: true, target: "#main", select: "#main", swapOverride: "outerHTML" }],
});

/** Begins; `redraw` builds an island anew whose source has changed. */
export function begin(redraw: (host: HTMLElement) => void): void {
  const voice = document.createElement("p");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>).detail;
    // The session has ended meanwhile: the whole page goes to sign in.
    if (new URL(xhr.responseURL, location.href).pathname !== "/sign-in") return;
    event.preventDefault();
    location.reload();
  });
  document.addEventListener("htmx:afterOnLoad", () => {
    voice.textContent = [...document.querySelectorAll("[data-announce]")].map((e) => e.textContent?.trim() ?? "").join(" ");
    // What had the focus is often there again under its id, and htmx finds it; else the focus goes to what has come.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>("[data-land]")?.focus();
    for (const host of document.querySelectorAll<HTMLElement>("[data-island][data-source]")) {
      const now = sourceNow(host.dataset.source ?? "", location.search);
      if (now === undefined) continue;
      host.dataset.source = now;
      redraw(host);
    }
  });
  addEventListener("popstate", (event: PopStateEvent) => {
    if (isOurs(event.state)) location.reload();
  });
  // This may come too late for htmx's own beginning.
  htmx.process(document.body);
}

const isOurs = (state: unknown): boolean => typeof state === "object" && state !== null && "htmx" in state;
