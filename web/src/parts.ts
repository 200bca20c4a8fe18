// Parts of a page that change without loading it again: in the inbox the draft, in the explorer counts and table. The server
// answers with whole pages, as it does without scripts; htmx takes the parts out of them that the page names (`hx-select`).
// This file keeps the focus, says aloud what came, and tells the islands what is asked now.
import "./htmx";
import htmx from "htmx.org";
import { readParam, sourceNow, withParam } from "./address";

interface Answer { xhr: XMLHttpRequest; history?: { type: string; path: string } }
const answerOf = (event: Event): Answer => (event as CustomEvent<Answer>).detail;

/** Begins; `redraw` builds an island anew whose source has changed. */
export function begin(redraw: (host: HTMLElement) => void): void {
  const voice = document.createElement("p");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = answerOf(event);
    // The session has ended meanwhile: the whole page goes to sign in.
    if (xhr.status !== 401 && new URL(xhr.responseURL, location.href).pathname !== "/sign-in") return;
    event.preventDefault();
    location.reload();
  });
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    const { xhr, history } = answerOf(event);
    if (!history) return;
    // A fault has no address that one could come back to.
    if (xhr.status >= 400) Object.assign(history, { type: "replace", path: location.pathname + location.search });
    // How borders are drawn was chosen for the map, whatever is filtered.
    else if (readParam("borders")) history.path = withParam(new URL(history.path, location.href).href, "borders", readParam("borders"));
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
  // Where the page was still loading, htmx has not begun by itself.
  htmx.process(document.body);
}

const isOurs = (state: unknown): boolean => typeof state === "object" && state !== null && "htmx" in state;
