// What vite.config.ts writes in at build time: addresses of files whose names carry the hash of their content, since the
// desk lets browsers keep them for good.
declare const BUILT: { worker: string; world: string; detail: string };
