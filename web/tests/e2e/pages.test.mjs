// Every page, at the width of a screen and of a telephone: it fits, axe finds nothing, the policy is not breached. A page is
// loaded once and then made narrow and dark, as a window would be. With PICTURES=1 pictures are kept in tests/shots to be
// looked at; they take a third of the time.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, everyPage, open, settled, SHOTS, signIn, startDesk } from "./desk.mjs";

/** Rules that hang on colours and widths; all others say the same of a page at any width, and are asked once. */
const SEEN = ["color-contrast", "scrollable-region-focusable", "target-size"];

let desk, pages;
before(async () => {
  desk = await startDesk();
  const { page, context } = await open(desk, { js: false });
  await signIn(desk, page);
  pages = await everyPage(desk, page);
  await context.close();
});
after(async () => { await desk?.stop(); });

async function wide(page, name) {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await look(page, `${name}-1440`, SEEN);
}

async function narrow(page, name) {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, `${name}-390`);
}

async function look(page, name, rules) {
  if (process.env.PICTURES) await page.screenshot({ path: `${SHOTS}${name}.png`, fullPage: true });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name}: ${over} pixels wider than the window`);
  assert.deepEqual(await axe(page, rules), [], name);
}

test("every page, wide and light, narrow and dark", async (t) => {
  const { page, context, complaints } = await open(desk);
  await page.goto(`${desk.address}/sign-in`);
  await t.test("sign-in", async () => { await wide(page, "sign-in"); await narrow(page, "sign-in"); });
  await signIn(desk, page);
  for (const [name, path] of Object.entries(pages)) {
    await t.test(`${name} ${path}`, async () => {
      await page.goto(desk.address + path);
      await settled(page);
      await wide(page, name);
      await narrow(page, name);
      if (name === "desk") await stacked(page);
    });
  }
  await t.test("no page breached the policy or complained", () => assert.deepEqual(complaints, []));
  await context.close();
});

/** On a telephone each value of a list stands behind its label, and nothing is to be scrolled sideways. */
async function stacked(page) {
  const cell = page.locator("table.list td[data-label=Where]").first();
  assert.match(await cell.evaluate((e) => getComputedStyle(e, "::before").content), /Where/);
  const over = await page.locator(".scroll").evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).length);
  assert.equal(over, 0);
}
