// The islands, on synthetic data and on the desk: they come alive, keep their state in the address, and where one fails the
// plain page stays.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { start } from "../../mock/server.mjs";
import { launch } from "../browser.mjs";
import { axe, open, settled, signIn, startDesk } from "./desk.mjs";

describe("on synthetic data", () => {
  let mock, browser, page;
  before(async () => {
    mock = await start();
    browser = await launch();
    page = await (await browser.newContext({ viewport: { width: 800, height: 700 } })).newPage();
  });
  after(async () => { await browser?.close(); await mock?.stop(); });
  const visit = async (path) => { await page.goto(mock.address + path); await settled(page); };
  const mounted = () => page.getAttribute("[data-island]", "data-mounted");

  test("the map counts by precision, keeps the view of borders and its place in the address", async () => {
    await visit("/map?n=200");
    assert.equal(await mounted(), "yes");
    assert.match(await page.textContent(".island-key"), /5 incidents without a location, 195 with one/);
    await page.selectOption(".island-bar select", "held");
    assert.match(page.url(), /borders=held/);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.waitForURL(/at=/);
    await page.getByRole("button", { name: "List what is in view" }).click();
    assert.match(await page.textContent(".island-hits"), /in view/);
    assert.match(await page.locator(".island-hits a").first().getAttribute("href"), /^\/incidents\//);
    await page.reload();
    await settled(page);
    assert.equal(await page.inputValue(".island-bar select"), "held");
  });

  test("the timeline has lanes of one height, a name for each item, and goes by keys", async () => {
    await visit("/timeline");
    const heights = await page.locator(".lanes .rule").evaluateAll((all) => all.map((r) => Number(r.getAttribute("y1"))));
    assert.equal(new Set(heights.slice(1).map((y, i) => y - heights[i])).size, 1);
    assert.match(await page.locator(".lane a").first().getAttribute("aria-label"), /synthetic <b>item<\/b> \d+.*2024|2023/);
    await page.locator(".lane a").first().focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => [...document.querySelectorAll(".lane a")].indexOf(document.activeElement)), 1);
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.match(page.url(), /days=2024/);
  });

  test("the chart draws", async () => {
    await visit("/chart");
    assert.equal(await mounted(), "yes");
    assert.equal(await page.locator(".chart-frame canvas").count(), 1);
  });

  test("selected words fill the form with their bytes", async () => {
    await visit("/report");
    await page.evaluate(() => {
      const text = document.querySelector("[data-text]");
      const range = document.createRange();
      const mark = text.querySelector("mark");
      range.setStart(mark.firstChild, 0);
      range.setEnd(mark.nextSibling, 12);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
    await page.getByRole("button", { name: "Use these words" }).click();
    const [start_, end, words] = await page.evaluate(() => [document.querySelector("[name=span_start]").value, document.querySelector("[name=span_end]").value, document.querySelector("output").textContent]);
    const whole = await page.textContent("[data-text]");
    assert.equal(Buffer.from(whole).subarray(Number(start_), Number(end)).toString(), words);
    assert.match(words, /^crossing — ایک/);
  });

  test("where an island fails, the plain page stays", async () => {
    await visit("/broken");
    assert.equal(await mounted(), "failed");
    assert.equal(await page.locator("table").isVisible(), true);
  });
});

describe("on the desk", () => {
  let desk;
  before(async () => { desk = await startDesk(); });
  after(async () => { await desk?.stop(); });

  test("map, chart and timeline come alive in the explorer, and axe finds nothing in them", async () => {
    const { page, context } = await open(desk);
    await signIn(desk, page, "/explorer");
    await settled(page);
    for (const island of ["map", "chart", "timeline"]) assert.equal(await page.getAttribute(`[data-island=${island}]`, "data-mounted"), "yes", island);
    assert.match(await page.textContent(".island-key"), /without a location/);
    assert.deepEqual(await axe(page), []);
    await context.close();
  });

  test("a facet changes counts and table and leaves the page, the map and the focus where they are", async () => {
    const { page, context, complaints } = await open(desk);
    await signIn(desk, page, "/explorer");
    await settled(page);
    await page.selectOption("[data-island=map] select", "agreed");
    await page.evaluate(() => { globalThis.same = true; document.querySelector("[data-island=map] .map-frame").dataset.first = "yes"; });
    const facet = page.locator("#counts ul.facets").first().locator("li").first();
    const expected = await facet.locator(".n").textContent();
    const id = await facet.locator("a").getAttribute("id");
    await facet.locator("a").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => document.querySelector("#lead b").textContent === n, expected);
    assert.match(page.url(), /[?&]kind=/);
    assert.equal(await page.evaluate(() => globalThis.same), true, "the page was not loaded again");
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
    assert.match(await page.locator("p.hidden[role=status]").textContent(), new RegExp(`^${expected} incident`));
    assert.match(await page.locator("#exports a").first().getAttribute("href"), /kind=/);
    // The map that was there stays until the new one is drawn.
    await page.waitForFunction(() => document.querySelectorAll(".map-frame").length === 1 && !document.querySelector(".map-frame").dataset.first);
    assert.match(await page.getAttribute("[data-island=map]", "data-source"), /kind=/);
    assert.equal(await page.inputValue("[data-island=map] select"), "agreed", "the choice of borders stays");
    assert.deepEqual(await axe(page), []);
    // A field that changes nothing about the address but one day; then back, by the browser.
    await page.fill("#from", "1990-01-01");
    await page.locator("#from").press("Enter");
    await page.waitForURL(/from=1990-01-01/);
    assert.equal(await page.evaluate(() => [globalThis.same, document.activeElement.id].join()), "true,from");
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("from=1990"));
    await page.waitForFunction(() => document.querySelector("#from")?.value === "");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("in the inbox a decision changes the draft and leaves the page", async () => {
    const { page, context, complaints } = await open(desk);
    await signIn(desk, page, "/inbox");
    const begun = () => page.waitForSelector("body > p.hidden[role=status]", { state: "attached" });
    await begun();
    await page.evaluate(() => { globalThis.same = true; });
    const title = await page.textContent(".draft > p > a");
    const waiting = Number(await page.textContent("p.lead b"));
    await page.keyboard.press("a");
    await page.waitForSelector("div.notice");
    assert.equal(Number(await page.textContent("p.lead b")), waiting - 1);
    const next = await page.textContent(".draft > p > a");
    assert.notEqual(next, title);
    assert.equal(await page.evaluate(() => document.activeElement.id), "draft");
    const said = await page.locator("p.hidden[role=status]").textContent();
    assert.ok(/Decision \d+ is kept/.test(said) && said.includes(next), said);
    await page.keyboard.press("u");
    await page.waitForFunction((n) => Number(document.querySelector("p.lead b").textContent) === n, waiting);
    await page.keyboard.press("j");
    await page.waitForURL(/story=/);
    await page.keyboard.press("x");
    assert.equal(await page.evaluate(() => document.activeElement.name), "reason");
    await page.keyboard.type("no incident: a test");
    await page.keyboard.press("Enter");
    await page.waitForSelector("div.notice");
    assert.equal(await page.evaluate(() => globalThis.same), true, "the page was not loaded again");
    assert.deepEqual(await axe(page), []);
    // A fault is shown, and leaves the address as it was.
    const here = page.url();
    await page.locator("form[data-key=m] [name=other_id]").fill("i0000000000");
    await page.locator("form[data-key=m] [name=reason]").fill("a test");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /not found/i.test(document.querySelector("main h1").textContent));
    assert.equal(page.url(), here);
    await page.reload();
    await begun();
    // When the session has ended, the whole page leads to signing in.
    await context.clearCookies();
    await page.keyboard.press("a");
    await page.waitForURL(/\/sign-in/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("selected words of a report go into the form for a claim", async () => {
    const { page, context } = await open(desk);
    await signIn(desk, page, "/reports");
    await page.locator("table.list tbody th a").first().click();
    await settled(page);
    assert.equal(await page.getAttribute("[data-island=select]", "data-mounted"), "yes");
    const words = await page.evaluate(() => {
      // Across marks: from the middle of one text node into a later one.
      const walker = document.createTreeWalker(document.querySelector(".report"), NodeFilter.SHOW_TEXT);
      const first = walker.nextNode();
      const second = walker.nextNode() ?? first;
      const range = document.createRange();
      range.setStart(first, 2);
      range.setEnd(second, Math.min(9, second.length));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return range.toString();
    });
    await page.getByRole("button", { name: "Use these words" }).click();
    assert.equal(await page.inputValue("[name=span_quote]"), words.trim());
    const [from, to] = [await page.inputValue("[name=span_start]"), await page.inputValue("[name=span_end]")];
    await page.goto(`${page.url().split("?")[0]}?at=${from}-${to}`);
    assert.equal((await page.locator(".report mark[class*=cited]").allTextContents()).join(""), words.trim());
    await context.close();
  });

  test("without scripts the explorer has its table", async () => {
    const { page, context } = await open(desk, { js: false });
    await signIn(desk, page, "/explorer");
    assert.ok(await page.locator("table.list tbody tr").count() > 0);
    assert.equal(await page.locator(".fallback").first().isVisible(), true);
    await context.close();
  });

  test("a page without the map loads little", async () => {
    const { page, context } = await open(desk);
    await signIn(desk, page);
    for (const path of ["/", "/inbox", "/reports"]) {
      await page.goto(desk.address + path, { waitUntil: "networkidle" });
      const bytes = await page.evaluate(() => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].reduce((sum, e) => sum + e.decodedBodySize, 0));
      assert.ok(bytes > 10_000 && bytes <= 150_000, `${path}: ${bytes} bytes`);
    }
    await context.close();
  });
});
