// Types of seam.mjs, for tests.
export type Point = [number, number];
export function unrolled(ring: Point[]): Point[];
export function crosses(ring: Point[]): boolean;
export function cut(ring: Point[]): Point[][];
