// State of an island in the page's address, so that a link shows what its sender saw.

/** What a parameter of the page says; empty if it is not there. */
export function readParam(name: string): string {
  return new URLSearchParams(location.search).get(name) ?? "";
}

/** Writes a parameter without a new entry in the history; an empty value takes it away. */
export function writeParam(name: string, value: string): void {
  history.replaceState(history.state, "", withParam(location.href, name, value));
}

/** An address with one parameter changed and all others as they were. */
export function withParam(address: string, name: string, value: string): string {
  const url = new URL(address);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  return url.href;
}

/** A link that came with data: only a path on this server, or nothing. "javascript:" and other hosts are refused. */
export function ownPath(link: unknown): string | undefined {
  if (typeof link !== "string" || !link.startsWith("/") || link.startsWith("//") || link.includes("\\")) return undefined;
  return link;
}

/** Parameters of a page that filter nothing. */
const OTHERS = ["after", "limit", "at", "borders", "days"];

/** The source of an island for what the page's address filters; nothing if it is the same as before. */
export function sourceNow(source: string, search: string): string | undefined {
  const [path = "", before = ""] = source.split("?");
  const now = filterOf(search);
  if (now === filterOf(before)) return undefined;
  return now ? `${path}?${now}` : path;
}

/** What filters, in one order: links and forms have orders of their own. */
function filterOf(query: string): string {
  const filled = new URLSearchParams([...new URLSearchParams(query)].filter(([name, value]) => value !== "" && !OTHERS.includes(name)));
  filled.sort();
  return filled.toString();
}
