// SVG elements without any HTML parsing: text goes into text nodes, and nothing from the data becomes markup.

const NS = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number> = {}, ...children: (Node | string)[]): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(typeof value === "number" ? Math.round(value * 10) / 10 : value));
  made.append(...children);
  return made;
}
