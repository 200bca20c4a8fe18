// Types of borders.mjs, for tests.
export interface Disputed { a: string; b: string; box: [number, number, number, number] | null; what: string; source: string }
export function readDisputed(text: string): Disputed[];
export function disputedBy(rows: Disputed[], one: string, other: string, at: [number, number]): Disputed | undefined;
