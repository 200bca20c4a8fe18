// How an island takes its place: it is built aside and shown only when it works. If anything fails, what the server
// printed stays as it is.
import { answered } from "./ahead";

/** What ends an island that another takes the place of. */
type End = (() => void) | void;

/** Builds into `stage`, which is not yet shown; throws if it cannot. `host` is the element that the server printed. */
export type Island = (host: HTMLElement, stage: HTMLElement) => Promise<End>;

type Load = () => Promise<{ default: Island }>;

const living = new WeakMap<HTMLElement, { stage: HTMLElement; end: End }>();

export async function mount(host: HTMLElement, load: Load): Promise<void> {
  host.dataset.mounted = "waiting";
  const { source } = host.dataset;
  const stage = stageOf(host);
  const fallback = Array.from(host.childNodes);
  try {
    const { default: island } = await load();
    // A map has to know its size, so the stage is laid out while it is built; without content it has no height.
    host.prepend(stage);
    const end = await island(host, stage);
    living.set(host, { stage, end });
    if (!("keep" in stage.dataset)) host.append(...putAside(fallback));
    host.dataset.mounted = "yes";
  } catch (error) {
    stage.remove();
    host.replaceChildren(...fallback);
    host.dataset.mounted = "failed";
    console.warn(`island ${host.dataset.island ?? ""}: the plain page stays`, error);
  }
  // Something else was asked for meanwhile.
  if (host.dataset.source !== source) await remount(host, load);
}

/** Builds an island anew after its `data-source` has changed. What was drawn stays until the new is there, so nothing jumps. */
export async function remount(host: HTMLElement, load: Load): Promise<void> {
  if (!living.has(host)) return;
  const { source } = host.dataset;
  const stage = stageOf(host);
  stage.classList.add("island-next");
  host.prepend(stage);
  try {
    const { default: island } = await load();
    const end = await island(host, stage);
    if (host.dataset.source !== source) { end?.(); stage.remove(); return; }
    const before = living.get(host);
    living.set(host, { stage, end });
    before?.stage.remove();
    before?.end?.();
    stage.classList.remove("island-next");
  } catch (error) {
    stage.remove();
    if (host.dataset.source !== source) return;
    // What stands there answers another question by now.
    living.get(host)?.stage.replaceChildren(element("p", { class: "island-caption" }, "This could not be drawn; the table has everything."));
    console.warn(`island ${host.dataset.island ?? ""}: nothing new was drawn`, error);
  }
}

function stageOf(host: HTMLElement): HTMLElement {
  return element("div", { class: `island island-${host.dataset.island ?? ""}` });
}

/** A table or list stays at hand, folded, for the keyboard, screen readers and print; a mere note goes. */
function putAside(fallback: ChildNode[]): Node[] {
  const holds = (node: ChildNode) => node instanceof Element && (node.matches("table, ul, ol, dl") || node.querySelector("table, ul, ol, dl, a") !== null);
  if (!fallback.some(holds)) {
    for (const node of fallback) node.remove();
    return [];
  }
  const details = element("details", { class: "island-fallback" });
  details.append(element("summary", {}, "As a list"), ...fallback);
  return [details];
}

/** An element with attributes and text. Text is never read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string> = {}, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

/** A button with a name that can be read aloud. */
export function button(text: string, name: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", "aria-label": name, title: name }, text);
  made.addEventListener("click", press);
  return made;
}

/** The address of the data behind an island; only on this server. */
export function sourceOf(host: HTMLElement): string {
  const source = new URL(host.dataset.source ?? "", location.href);
  if (!host.dataset.source || source.origin !== location.origin) throw new Error("no data-source on this server");
  return source.href;
}

/** The JSON behind an island. */
export async function fetchJson(host: HTMLElement): Promise<unknown> {
  const source = sourceOf(host);
  const response = await answered(source);
  if (!response.ok) throw new Error(`${new URL(source).pathname}: ${response.status}`);
  return response.json();
}
