// How an island takes its place: it is built aside and shown only when it works. If anything fails, what the server
// printed stays as it is.
import { answered } from "./ahead";

/** Builds into `stage`, which is not yet shown; throws if it cannot. `host` is the element that the server printed. */
export type Island = (host: HTMLElement, stage: HTMLElement) => Promise<void>;

export async function mount(host: HTMLElement, load: () => Promise<{ default: Island }>): Promise<void> {
  host.dataset.mounted = "waiting";
  const stage = document.createElement("div");
  stage.className = `island island-${host.dataset.island ?? ""}`;
  const fallback = Array.from(host.childNodes);
  try {
    const { default: island } = await load();
    // A map has to know its size, so the stage is laid out while it is built; without content it has no height.
    host.prepend(stage);
    await island(host, stage);
    if (!("keep" in stage.dataset)) host.append(...putAside(fallback));
    host.dataset.mounted = "yes";
  } catch (error) {
    stage.remove();
    host.replaceChildren(...fallback);
    host.dataset.mounted = "failed";
    console.warn(`island ${host.dataset.island ?? ""}: the plain page stays`, error);
  }
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
