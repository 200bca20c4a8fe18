// A file of tiles, as base/tiles.mjs packs it: tile by tile what a map asks for.

const ENTRY = 20;

export class Pack {
  private readonly at = new Map<string, [number, number]>();

  constructor(private readonly file: ArrayBuffer) {
    const numbers = new DataView(file);
    const count = numbers.getUint32(0, true);
    for (let i = 0; i < count; i++) {
      const [z, x, y, start, length] = [0, 4, 8, 12, 16].map((k) => numbers.getUint32(4 + i * ENTRY + k, true)) as [number, number, number, number, number];
      this.at.set(`${z}/${x}/${y}`, [start, length]);
    }
  }

  /** A tile by zoom, column and row ("4/11/6"); empty where there is only sea. A copy, as it is handed over to the worker. */
  tile(name: string): ArrayBuffer {
    const [start, length] = this.at.get(name) ?? [0, 0];
    return this.file.slice(start, start + length);
  }
}
