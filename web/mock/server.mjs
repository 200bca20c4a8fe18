// A stand-in for the desk: three pages around the islands, synthetic data, the desk's strict policy. `npm run mock`.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { counts, marks, timeline } from "./data.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const TEXT = "SYNTHETIC. On Monday “seven” people were hurt near the crossing — ایک گاؤں — 🙂 the office said. <b>No</b> more is known.";

const page = (title, body, head = "") => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${title} (synthetic)</title><link rel="stylesheet" href="/assets/islands.css"><script type="module" src="/assets/islands.js"></script>${head}
<main><h1>${title} (synthetic)</h1>${body}</main></html>`;

const fallback = "<p>As a table:</p><table><tr><th scope=\"col\">Synthetic</th></tr><tr><td><a href=\"/incidents/i1\">row</a></td></tr></table>";

const pages = {
  "/map": async (query) => page("Map", `<div data-island="map" data-source="/api/v1/marks?${query}">${fallback}</div>`, await modules()),
  "/timeline": (query) => page("Timeline", `<div data-island="timeline" data-source="/api/v1/timeline?${query}">${fallback}</div>`),
  "/chart": () => page("Chart", `<div data-island="chart" data-source="/api/v1/counts">${fallback}</div>`),
  "/broken": () => page("Broken", `<div data-island="map" data-source="/api/v1/missing">${fallback}</div>`),
  "/report": () => page("Report", `<div data-island="select" data-form="claim"><pre data-text data-bytes="${Buffer.byteLength(TEXT)}">${TEXT.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace("crossing", "<mark>crossing</mark>")}</pre></div>
<form id="claim" method="post" action="/claims"><input type="hidden" name="span_start"><input type="hidden" name="span_end"><output>no words chosen</output><label>Speaker <input name="speaker"></label></form>`),
};

/** The map's modules in the head, as the desk names them. */
async function modules() {
  const names = await readFile(new URL("../dist/map.modules", import.meta.url), "utf8");
  return names.trim().split("\n").map((name) => `<link rel="modulepreload" href="${name}">`).join("");
}

/** As text, made once for each number, so that making it is not measured with the map. */
const made = new Map();
function marksOf(n) {
  if (!made.has(n)) made.set(n, JSON.stringify(marks(n)));
  return made.get(n);
}

const data = {
  "/api/v1/marks": (q) => marksOf(Number(q.get("n") ?? 200)),
  "/api/v1/timeline": (q) => JSON.stringify(timeline(Number(q.get("n") ?? 60))),
  "/api/v1/counts": () => JSON.stringify(counts()),
};

/** Starts on a free port, or the one given. */
export async function start(port = 0) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const send = (code, type, body) => response.writeHead(code, { "content-type": type, "content-security-policy": POLICY, "x-content-type-options": "nosniff" }).end(body);
    try {
      if (pages[url.pathname]) send(200, "text/html; charset=utf-8", await pages[url.pathname](url.searchParams.toString().replaceAll("&", "&amp;")));
      else if (data[url.pathname]) send(200, "application/json", data[url.pathname](url.searchParams));
      else if (/^\/assets\/[\w./-]+$/.test(url.pathname) && !url.pathname.includes("..")) {
        send(200, TYPES[extname(url.pathname)] ?? "application/octet-stream", await readFile(new URL(`../dist/${url.pathname.slice(8)}`, import.meta.url)));
      } else send(404, "text/plain", "not here");
    } catch (error) {
      send(error?.code === "ENOENT" ? 404 : 500, "text/plain", String(error));
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log((await start(Number(process.env.PORT ?? 0))).address);
