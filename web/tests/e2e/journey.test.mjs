// What a person does in a day at the desk, from the first visit to signing out: with scripts and without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { open, SHOTS, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

/** Fills a form for a decision and sends it; the desk says that it is kept. */
async function decide(page, act, fields = async () => {}) {
  const form = page.locator(`form.decide:has(input[name=act][value="${act}"])`).first();
  await fields(form);
  await form.locator("input[name=reason]").fill("seen in a test of the demo");
  await form.locator("button").click();
  await page.waitForSelector("div.notice");
  assert.match(await page.textContent("div.notice"), /Decision \d+ is kept/);
}

for (const js of [true, false]) {
  const how = js ? "with scripts" : "without scripts";
  describe(`a day at the desk, ${how}`, () => {
    let page, context, complaints;
    before(async () => { ({ page, context, complaints } = await open(desk, { js })); });
    after(async () => { await context.close(); });

    test("first visit leads to signing in, and on", async () => {
      await page.goto(`${desk.address}/inbox`);
      assert.match(page.url(), /\/sign-in\?to=/);
      await page.fill("#name", desk.name);
      await page.fill("#password", "not the password");
      await page.click("form.sign-in button");
      assert.match(await page.textContent("[role=alert]"), /wrong/);
      await signIn(desk, page, "/inbox");
      assert.equal(new URL(page.url()).pathname, "/inbox");
    });

    test("a draft is accepted, and accepting is undone", async () => {
      const waiting = Number(await page.textContent("p.lead b"));
      const title = await page.textContent(".draft > p > a");
      const form = page.locator("form[data-key=a]");
      if (js) await page.keyboard.press("a");
      else await form.locator("button").click();
      await page.waitForSelector("div.notice");
      assert.equal(Number(await page.textContent("p.lead b")), waiting - 1);
      if (js) await page.keyboard.press("u");
      else await page.locator("form[data-key=u] button").click();
      await page.waitForFunction((n) => Number(document.querySelector("p.lead b")?.textContent) === n, waiting).catch(async () => {
        assert.equal(Number(await page.textContent("p.lead b")), waiting);
      });
      // And accepted for good.
      await page.goto(`${desk.address}/inbox`);
      assert.equal(await page.textContent(".draft > p > a"), title);
      await page.locator("form[data-key=a] button").click();
      await page.waitForSelector("div.notice");
      assert.notEqual(await page.textContent(".draft > p > a"), title);
    });

    if (js) test("the keys go from story to story and show their list", async () => {
      const second = await page.locator("a[data-go=next]").getAttribute("href");
      await page.keyboard.press("j");
      await page.waitForURL((url) => url.pathname + url.search === second);
      await page.keyboard.press("k");
      await page.waitForURL((url) => url.pathname + url.search !== second);
      await page.keyboard.press("?");
      assert.equal(await page.locator("#keys").evaluate((e) => e.open), true);
    });

    test("two incidents become one, and the other's reports come along", async () => {
      await page.goto(`${desk.address}/explorer`);
      const paths = await page.locator("table.list tbody th a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      const [one, other] = js ? paths.slice(0, 2) : paths.slice(2, 4);
      const told = async (path) => { await page.goto(desk.address + path); return page.locator("tr[id^=report-]").count(); };
      const [ofOther, ofOne] = [await told(other), await told(one)];
      await decide(page, "merge", (form) => form.locator("[name=other_id]").fill(other.split("/").pop()));
      // One report may have told of both.
      const now = await page.locator("tr[id^=report-]").count();
      assert.ok(now >= Math.max(ofOne, ofOther) && now <= ofOne + ofOther, `${ofOne} and ${ofOther} reports became ${now}`);
      assert.match(await page.textContent("ol.history"), /admin/);
    });

    test("a source and a claim are graded, with name and day", async () => {
      await page.goto(`${desk.address}/sources`);
      await page.locator("table.list tbody th a").nth(js ? 0 : 1).click();
      await decide(page, "grade-source", (form) => form.locator("[name=grade]").selectOption("B"));
      assert.match(await page.textContent("dl.facts"), /B.*by\s*admin.*\d{4}-\d\d-\d\d/s);
      await page.goto(`${desk.address}/explorer?disputed=1`);
      await page.locator("table.list tbody th a").first().click();
      await page.locator('table.sides a[href^="/claims/"]').nth(js ? 0 : 1).click();
      await decide(page, "grade-claim", (form) => form.locator("[name=grade]").selectOption("3"));
      assert.match(await page.textContent("dl.facts"), /grade 3 by\s*admin on \d{4}-\d\d-\d\d/);
      assert.match(await page.textContent("ol.history"), /admin/);
    });

    test("a number leads to its words", async () => {
      await page.goto(`${desk.address}/explorer?disputed=1`);
      const paths = await page.locator("table.list tbody th a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      let row;
      for (const path of paths) {
        await page.goto(desk.address + path);
        row = page.locator("table.sides tbody tr", { has: page.locator("th", { hasText: "Killed" }) });
        if (await row.locator("a.cite").count() > 0) break;
      }
      const number = await row.locator("p:has(a.cite)").first().textContent();
      const link = row.locator("a.cite").first();
      const [, report, start, end] = /\/reports\/(r[0-9a-f]+)\?at=(\d+)-(\d+)#s\2-\3/.exec(await link.getAttribute("href"));
      await link.click();
      assert.equal(new URL(page.url()).pathname, `/reports/${report}`);
      const cited = (await page.locator(".report mark[class*=cited]").allTextContents()).join("");
      assert.equal(Buffer.byteLength(cited), end - start);
      assert.ok(cited.length > 0, number);
      const top = await page.locator(`[id="s${start}-${end}"]`).evaluate((e) => e.getBoundingClientRect().top);
      assert.ok(top >= 0 && top < 900, `the words are in view: ${top}`);
    });

    test("the explorer filters; everything stands in the address; what is filtered is exported", async () => {
      await page.goto(`${desk.address}/explorer`);
      const all = Number(await page.textContent("p.lead b"));
      const facet = page.locator(".explorer aside ul.facets").first().locator("li").first();
      const expected = Number(await facet.locator(".n").textContent());
      await facet.locator("a").click();
      await page.waitForURL(/kind=/);
      assert.equal(Number(await page.textContent("p.lead b")), expected);
      assert.ok(expected <= all);
      await page.fill("#from", "1990-01-01");
      await page.locator("form.filter button").click();
      await page.waitForURL(/from=1990-01-01/);
      assert.match(page.url(), /kind=.+/);
      assert.equal(Number(await page.textContent("p.lead b")), expected);
      if (js) await page.locator("[data-island=map][data-mounted]").waitFor();
      for (const [format, check] of [
        ["json", (text) => JSON.parse(text).incidents.length],
        ["geojson", (text) => JSON.parse(text).features.length],
        ["acled", (text) => text.trim().split("\n").length - 1],
      ]) {
        const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`a[href*="format=${format}"]`).click()]);
        const { readFile } = await import("node:fs/promises");
        const n = check(await readFile(await download.path(), "utf8"));
        assert.ok(n >= expected, `${format}: ${n} of ${expected}`);
      }
    });

    test("an incident and a brief print on paper", async () => {
      await page.goto(`${desk.address}/explorer?disputed=1`);
      await page.locator("table.list tbody th a").first().click();
      for (const name of ["incident", "brief"]) {
        if (name === "brief") await page.goto(`${desk.address}/briefs`);
        const pdf = await page.pdf({ path: `${SHOTS}print-${name}${js ? "" : "-plain"}.pdf`, format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
        assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
      }
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("form:visible").count(), 0);
      await page.emulateMedia({ media: "screen" });
    });

    test("signing out ends it", async () => {
      await page.locator(".me form button").click();
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await page.goto(desk.address);
      assert.match(page.url(), /\/sign-in/);
    });

    test("nothing complained", () => assert.deepEqual(complaints, []));
  });
}
