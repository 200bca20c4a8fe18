// The base map's files: made at build time from Natural Earth (public domain), served by this server. A map asks for their
// tiles under addresses of their own ("base-world://4/11/6"), which are answered from the file.
import { addProtocol, type SourceSpecification } from "maplibre-gl";
import { answered } from "../ahead";
import { Pack } from "./pack";

type Scale = "world" | "detail";

/** The zooms that a file has; closer ones are drawn from its last. */
const ZOOMS = { world: [0, 4], detail: [5, 5] } as const;

/** Fetches one scale; from then on its source can be drawn. */
export async function loadBase(scale: Scale): Promise<SourceSpecification> {
  const response = await answered(BUILT[scale]);
  if (!response.ok) throw new Error(`base map: ${response.status}`);
  const pack = new Pack(await response.arrayBuffer());
  const name = `base-${scale}`;
  addProtocol(name, ({ url }) => Promise.resolve({ data: pack.tile(url.slice(name.length + 3)) }));
  const [minzoom, maxzoom] = ZOOMS[scale];
  return { type: "vector", tiles: [`${name}://{z}/{x}/{y}`], minzoom, maxzoom };
}
