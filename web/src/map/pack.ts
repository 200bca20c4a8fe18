// A file of tiles, as base/tiles.mjs packs it: tile by tile what a map asks for.

/** Numbers of an entry: zoom, column, row, first byte, length. */
const ENTRY = 5;

export class Pack {
  private readonly at = new Map<string, [number, number]>();

  constructor(private readonly file: ArrayBuffer) {
    const numbers = new DataView(file);
    const count = numbers.getUint32(0, true);
    for (let i = 0; i < count; i++) {
      const number = (k: number): number => numbers.getUint32(4 + (i * ENTRY + k) * 4, true);
      this.at.set(`${number(0)}/${number(1)}/${number(2)}`, [number(3), number(4)]);
    }
  }

  /** A tile by zoom, column and row ("4/11/6"); empty where there is only sea. A copy, as it is handed over to the worker. */
  tile(name: string): ArrayBuffer {
    const [start, length] = this.at.get(name) ?? [0, 0];
    return this.file.slice(start, start + length);
  }
}
