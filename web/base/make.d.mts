// Types of make.mjs, for vite.config.ts and tests.
export function makeBase(): Map<string, string>;
