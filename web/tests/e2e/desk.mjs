// Starts the demo desk on a free port, opens browsers on it, signs in, and asks axe. A missing program is an error.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, SHOTS } from "../browser.mjs";

const require = createRequire(import.meta.url);
export const BINARY = process.env.COUNTERCLAIM ?? new URL("../../../target/release/counterclaim", import.meta.url).pathname;
export { SHOTS };

/** A demo desk with a browser beside it. `stop` ends both. */
export async function startDesk() {
  const server = await startServer();
  if (!(await fetch(`${server.address}/assets/islands.js`)).ok) {
    await server.stop();
    throw new Error(`${BINARY} was built without the islands: run make web, then build it again`);
  }
  const browser = await launch().catch(async (error) => { await server.stop(); throw error; });
  return { ...server, browser, async stop() { await browser.close(); await server.stop(); } };
}

/** A demo desk on a free port. */
export async function startServer() {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: build it, or name it in COUNTERCLAIM`);
  const process_ = spawn(BINARY, ["serve", "--demo", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  const said = await new Promise((resolve, reject) => {
    let out = "";
    const timer = setTimeout(() => reject(new Error(`the desk did not start within 60 s: ${out}`)), 60_000);
    const hear = (chunk) => {
      out += chunk;
      if (/password\s+\S+/.test(out)) { clearTimeout(timer); resolve(out); }
    };
    process_.stdout.on("data", hear);
    process_.stderr.on("data", hear);
    process_.on("exit", (code) => { clearTimeout(timer); reject(new Error(`the desk ended with ${code}: ${out}`)); });
  });
  process_.removeAllListeners("exit");
  const address = /https?:\/\/[\d.:]+/.exec(said)[0];
  const name = /name\s+(\S+)/.exec(said)[1];
  const password = /password\s+(\S+)/.exec(said)[1];
  return {
    address, name, password,
    async stop() {
      const ended = new Promise((resolve) => process_.once("exit", resolve));
      process_.kill("SIGINT");
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
      process_.kill("SIGKILL");
    },
  };
}

/** A page that keeps what its console and its policy complain of. */
export async function open(desk, options = {}) {
  const { width = 1440, height = 900, js = true, scheme = "light" } = options;
  const context = await desk.browser.newContext({ viewport: { width, height }, javaScriptEnabled: js, colorScheme: scheme, acceptDownloads: true });
  context.setDefaultTimeout(15_000);
  if (process.env.ISLANDS === "dist") await context.route("**/assets/**", fromDist);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // Software drawing warns about its own speed; a page that answers 404 on purpose is logged as one.
    if (["error", "warning"].includes(message.type()) && !/GL Driver Message|status of 40[134]/.test(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints };
}

/** While working on islands: `ISLANDS=dist` takes them from web/dist instead of from the program, which saves building it. */
async function fromDist(route) {
  const file = new URL(`../../dist/${new URL(route.request().url()).pathname.slice("/assets/".length)}`, import.meta.url).pathname;
  await (existsSync(file) ? route.fulfill({ path: file }) : route.continue());
}

/** First visit: the desk asks who it is, and leads to where one wanted to go. */
export async function signIn(desk, page, to = "/") {
  await page.goto(desk.address + to);
  await page.fill("#name", desk.name);
  await page.fill("#password", desk.password);
  await page.click("form.sign-in button");
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, as lines; with `only`, by these rules. It comes in through the debugger, past the page's policy, which stays
 * in force. */
export async function axe(page, only) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(rules ? { runOnly: rules } : {}) }), only);
  return violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary?.split("\n")[1]?.trim() ?? v.help}`));
}

/** The islands of a page are there, or the server's words are. */
export async function settled(page) {
  await page.waitForFunction(() => [...document.querySelectorAll("[data-island]")].every((e) => ["yes", "failed"].includes(e.dataset.mounted ?? "")), undefined, { timeout: 30_000 });
}

/** Addresses of one page of every sort, found by reading the desk as a person would. */
export async function everyPage(desk, page) {
  const first = async (path, pattern) => {
    await page.goto(desk.address + path);
    const links = await page.locator("main a").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    return links.find((link) => pattern.test(link));
  };
  // The incident with the most to say: accounts that differ.
  const incident = await first("/explorer?disputed=1", /^\/incidents\/i[0-9a-f]+$/) ?? await first("/explorer", /^\/incidents\/i[0-9a-f]+$/);
  const pages = {
    desk: "/", inbox: "/inbox", explorer: "/explorer", filtered: "/explorer?disputed=1", empty: "/explorer?q=zzzz", incident,
    claim: await first(incident, /^\/claims\/c[0-9a-f]+$/),
    words: await first(incident, /^\/reports\/r[0-9a-f]+\?at=/),
    reports: "/reports", report: await first("/reports", /^\/reports\/r[0-9a-f]+$/),
    actors: "/actors", actor: await first("/actors", /^\/actors\/./),
    sources: "/sources", source: await first("/sources", /^\/sources\/./),
    commitments: "/commitments", commitment: await first("/commitments", /^\/commitments\/p[0-9a-f]+$/),
    search: "/search?q=border", briefs: "/briefs", audit: "/audit", people: "/people", me: "/me", missing: "/incidents/i0000000000",
  };
  for (const [name, path] of Object.entries(pages)) if (!path) throw new Error(`no page found for ${name}`);
  return pages;
}
