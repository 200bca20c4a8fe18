// Every page, at the width of a telephone and of a screen: it fits, axe finds nothing, the policy is not breached; pictures
// are kept in tests/shots to be looked at.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, everyPage, open, settled, SHOTS, signIn, startDesk } from "./desk.mjs";

let desk, pages;
before(async () => {
  desk = await startDesk();
  const { page, context } = await open(desk, { js: false });
  await signIn(desk, page);
  pages = await everyPage(desk, page);
  await context.close();
});
after(async () => { await desk?.stop(); });

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`every page at ${width} pixels, ${scheme}`, async (t) => {
    const { page, context, complaints } = await open(desk, { width, scheme });
    await page.goto(`${desk.address}/sign-in`);
    await t.test("sign-in", async () => {
      await page.screenshot({ path: `${SHOTS}sign-in-${width}.png` });
      assert.deepEqual(await axe(page), []);
    });
    await signIn(desk, page);
    for (const [name, path] of Object.entries(pages)) {
      await t.test(`${name} ${path}`, async () => {
        await page.goto(desk.address + path);
        await settled(page);
        await page.screenshot({ path: `${SHOTS}${name}-${width}.png`, fullPage: true });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} pixels wider than the window`);
        assert.deepEqual(await axe(page), []);
      });
    }
    await t.test("no page breached the policy or complained", () => assert.deepEqual(complaints, []));
    await context.close();
  });
}
