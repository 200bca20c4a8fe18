// Text from reports, made safe to stand inside our own lines. It is only ever put into text nodes, never parsed as HTML.

/** A title among our words: isolated, so that right-to-left text does not turn what follows; control characters spelt out. */
export function shown(text: string): string {
  return `\u2068${spelt(text)}\u2069`;
}

/** Control and direction characters as `<U+202E>`, as the program prints them. */
export function spelt(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu,
    (c) => `<U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`);
}

/** "1 incident", "2 incidents". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}
