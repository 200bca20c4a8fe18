// Builds web/dist: islands.js and islands.css under fixed names, which the server links; the rest is loaded when it is needed
// and carries the hash of its content in its name.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig } from "vite";
import { makeBase } from "./base/make.mjs";

const require = createRequire(import.meta.url);

/** The base map, and MapLibre's worker as a file of its own: the desk's policy wants scripts from the desk only. */
const files = new Map(makeBase());
files.set("map-worker.js", readFileSync(require.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs"), "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));

const hashed = (name: string) => name.replace(/(\.\w+)$/, `-${createHash("sha256").update(files.get(name) ?? "").digest("hex").slice(0, 8)}$1`);
const address = (name: string) => `/assets/${hashed(name)}`;

export default defineConfig({
  base: "/assets/",
  publicDir: false,
  define: { BUILT: JSON.stringify({ worker: address("map-worker.js"), world: address("base/world.json"), detail: address("base/detail.json") }) },
  plugins: [{
    name: "base-map",
    generateBundle() {
      for (const [name, source] of files) this.emitFile({ type: "asset", fileName: hashed(name), source });
    },
  }],
  build: {
    outDir: "dist",
    assetsDir: "",
    target: "es2022",
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1400,
    rollupOptions: {
      input: { islands: "src/islands.ts" },
      // Vite's own helper must not land in the entry either, as every other file imports it.
      output: { codeSplitting: { groups: [{ name: "load", test: /preload-helper/ }] }, entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "islands[extname]" },
    },
  },
  // A busy machine takes seconds to make the base map.
  test: { include: ["tests/unit/**/*.test.ts"], testTimeout: 60_000 },
} as Parameters<typeof defineConfig>[0]);
