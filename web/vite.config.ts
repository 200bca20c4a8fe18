// Builds web/dist: islands.js and islands.css under fixed names, which the server links; the rest is loaded when it is needed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig, type Plugin } from "vite";
import { makeBase } from "./base/make.mjs";

const require = createRequire(import.meta.url);

/** Adds the base map, and MapLibre's worker as a file of its own: the desk's policy allows no workers from blobs. */
function baseMap(): Plugin {
  return {
    name: "base-map",
    generateBundle() {
      for (const [fileName, source] of makeBase()) this.emitFile({ type: "asset", fileName, source });
      const worker = readFileSync(require.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs"), "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
      this.emitFile({ type: "asset", fileName: "map-worker.js", source: worker });
    },
  };
}

export default defineConfig({
  base: "/assets/",
  publicDir: false,
  plugins: [baseMap()],
  build: {
    outDir: "dist",
    assetsDir: "",
    target: "es2022",
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1400,
    rollupOptions: {
      input: { islands: "src/islands.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "islands[extname]" },
    },
  },
  test: { include: ["tests/unit/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
