// Places in a text as bytes: the register counts bytes of UTF-8, a browser counts UTF-16.

/** Bytes of a text in UTF-8. */
export function bytes(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) n += 1;
    else if (unit < 0x800) n += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(i + 1))) { n += 4; i++; }
    else n += 3;
  }
  return n;
}

/** A selection in UTF-16 units as whole characters without blanks at its ends; `undefined` if nothing is left. */
export function tidy(text: string, start: number, end: number): { start: number; end: number } | undefined {
  let [a, b] = start <= end ? [start, end] : [end, start];
  // Half of a pair is no character: take in the whole of it.
  if (isLow(text.charCodeAt(a)) && a > 0) a--;
  if (isLow(text.charCodeAt(b)) && b < text.length) b++;
  while (a < b && /\s/u.test(text.charAt(a))) a++;
  while (a < b && /\s/u.test(text.charAt(b - 1))) b--;
  return a < b ? { start: a, end: b } : undefined;
}

export interface Span { start: number; end: number; words: string }

/** The span in bytes of a selection in UTF-16 units. */
export function span(text: string, start: number, end: number): Span | undefined {
  const tidied = tidy(text, start, end);
  if (!tidied) return undefined;
  const from = bytes(text.slice(0, tidied.start));
  const words = text.slice(tidied.start, tidied.end);
  return { start: from, end: from + bytes(words), words };
}

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
