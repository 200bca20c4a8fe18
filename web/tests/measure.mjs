// Measures the islands on synthetic data: bytes of the first load, time until the map can be used, frames while panning
// over 20,000 marks. `npm run measure [n]`. Without a graphics card Chromium draws in software, so figures are a floor. What
// else runs on the machine lengthens the times; the work of the processors it lengthens little.
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { start } from "../mock/server.mjs";
import { launch } from "./browser.mjs";

const n = Number(process.argv[2] ?? 20_000);
const mock = await start();
const browser = await launch();
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

try {
  console.log(`${cpus().length} cores, ${browser.version()}, synthetic data`);
  for (const path of ["report", "timeline", "chart"]) {
    const page = await browser.newPage();
    await page.goto(`${mock.address}/${path}`);
    await page.waitForSelector("[data-mounted=yes]");
    console.log(`first load of ${path}: ${(await transferred(page) / 1000).toFixed(1)} kB of scripts and styles, not compressed`);
    await page.close();
  }
  for (const count of [200, n]) {
    const ready = [];
    for (let i = 0; i < 3; i++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const before = work();
      await page.goto(`${mock.address}/map?n=${count}`);
      await page.waitForSelector("[data-mounted=yes]", { timeout: 60_000 });
      const worked = work() - before;
      ready.push([...await page.evaluate(() => ["map-usable", "map-drawn"].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? -1)), worked]);
      if (i === 2) {
        await page.waitForTimeout(1500);
        const frames = await pan(page);
        frames.sort((a, b) => a - b);
        console.log(`${count} marks, pan of 2 s: ${frames.length} frames, median ${quantile(frames, 0.5).toFixed(0)} ms, p95 ${quantile(frames, 0.95).toFixed(0)} ms, worst ${frames.at(-1).toFixed(0)} ms`);
      }
      await page.close();
    }
    const show = (at) => ready.map((r) => `${(r[at] / 1000).toFixed(2)}`).join(", ");
    console.log(`${count} marks: map answers after ${show(0)} s, first full picture after ${show(1)} s, work of the processors ${show(2)} s (three visits)`);
  }
} finally {
  await browser.close();
  await mock.stop();
}

function transferred(page) {
  return page.evaluate(() => performance.getEntriesByType("resource").filter((e) => /\.(js|css)$/.test(new URL(e.name).pathname)).reduce((sum, e) => sum + e.decodedBodySize, 0));
}

/** Milliseconds that the browser's processes have worked; all are children of this one. Linux counts in hundredths of a second. */
function work() {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
      return [{ pid: Number(name), parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * 10 }];
    } catch { return []; } // It has ended meanwhile.
  });
  const below = (pid) => all.filter((p) => p.parent === pid).reduce((sum, p) => sum + p.ms + below(p.pid), 0);
  return below(process.pid);
}

/** Drags the map in a circle for two seconds and gives the time of each frame. */
function pan(page) {
  return page.evaluate(() => new Promise((resolve) => {
    const canvas = document.querySelector(".maplibregl-canvas");
    const box = canvas.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const send = (type, dx, dy, target = document) => target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, buttons: 1, clientX: x + dx, clientY: y + dy, view: window }));
    send("mousedown", 0, 0, canvas);
    const frames = [];
    const begin = performance.now();
    let last = begin;
    const step = (now) => {
      if (now > last) frames.push(now - last);
      last = now;
      const turn = (now - begin) / 300;
      send("mousemove", 150 * Math.sin(turn), 100 * (1 - Math.cos(turn)), canvas);
      if (now - begin < 2000) requestAnimationFrame(step);
      else { send("mouseup", 0, 0, canvas); resolve(frames); }
    };
    requestAnimationFrame(step);
  }));
}
