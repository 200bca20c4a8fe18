// Sorts the border lines of Natural Earth into agreed and disputed ones. Pure functions, tested in tests/unit.
import { meshArcs, mesh } from "topojson-client";

/** @typedef {{ a: string, b: string, box: [number, number, number, number] | null, what: string, source: string }} Disputed */

/** Reads disputed.tsv; a faulty line is an error that names it.
 * @param {string} text @returns {Disputed[]} */
export function readDisputed(text) {
  const rows = [];
  let header = true;
  for (const [i, line] of text.split("\n").entries()) {
    if (line === "" || line.startsWith("#")) continue;
    if (header) { header = false; continue; }
    const [a, b, west, south, east, north, what, source] = line.split("\t");
    const where = `disputed.tsv:${i + 1}`;
    if (!a || !b || !what || !source) throw new Error(`${where}: a, b, what and source are required`);
    if (a >= b) throw new Error(`${where}: write ${b} and ${a} in the order of the alphabet, so that neither comes first by choice`);
    const edges = [west, south, east, north];
    if (edges.some((e) => e) && !edges.every((e) => e !== undefined && e !== "" && Number.isFinite(Number(e)))) {
      throw new Error(`${where}: give all four edges in degrees, or none`);
    }
    const [w, s, e, n] = edges.map(Number);
    rows.push({ a, b, box: west ? /** @type {[number, number, number, number]} */ ([w, s, e, n]) : null, what, source });
  }
  return rows;
}

/** The row that calls the line between two units disputed, if any. `at` is a point of the line.
 * @param {Disputed[]} rows @param {string} one @param {string} other @param {[number, number]} at */
export function disputedBy(rows, one, other, at) {
  const [a, b] = one < other ? [one, other] : [other, one];
  return rows.find((r) => r.a === a && r.b === b && (r.box === null
    || (at[0] >= r.box[0] && at[0] <= r.box[2] && at[1] >= r.box[1] && at[1] <= r.box[3])));
}

/** The lines of a topology of countries, as arcs into it. Arcs that a box cuts are added to the topology in pieces.
 * @param {import("topojson-specification").Topology} topology @param {Disputed[]} rows */
export function sortBorders(topology, rows) {
  const countries = topology.objects.countries;
  const agreed = [];
  const disputed = new Map();
  const used = new Set();
  const name = (g) => g.properties.name;
  // Which units meet: the filter of a mesh sees every pair that shares a line.
  const pairs = new Map();
  meshArcs(topology, countries, (x, y) => {
    if (x !== y) {
      const [one, other] = name(x) < name(y) ? [x, y] : [y, x];
      pairs.set(`${name(one)}\t${name(other)}`, [one, other]);
    }
    return false;
  });
  for (const [one, other] of pairs.values()) {
    const rowsHere = rows.filter((r) => r.a === name(one) && r.b === name(other));
    const lines = meshArcs(topology, { type: "GeometryCollection", geometries: [one, other] }, (x, y) => x !== y).arcs;
    for (const line of lines) {
      for (const arc of line) {
        const points = mesh(topology, { type: "LineString", arcs: [arc] }).coordinates[0];
        const of = points.slice(1).map((to, i) => {
          const from = points[i];
          return disputedBy(rowsHere, name(one), name(other), [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
        });
        for (const piece of pieces(topology, arc, of)) {
          if (piece.row) {
            used.add(piece.row);
            disputed.set(piece.row.what, [...(disputed.get(piece.row.what) ?? []), [piece.arc]]);
          } else agreed.push([piece.arc]);
        }
      }
    }
  }
  return { agreed, disputed, used };
}

/** Cuts an arc where the row changes that its segments belong to. */
function pieces(topology, arc, of) {
  if (of.every((row) => row === of[0])) return [{ arc, row: of[0] }];
  // Arcs hold a first point and steps; a piece needs a first point of its own.
  const steps = topology.arcs[arc < 0 ? ~arc : arc];
  const rows = arc < 0 ? [...of].reverse() : of;
  const out = [];
  let at = steps[0];
  let piece = [at];
  for (let i = 0; i < rows.length; i++) {
    const step = steps[i + 1];
    piece.push(step);
    at = [at[0] + step[0], at[1] + step[1]];
    if (i + 1 === rows.length || rows[i + 1] !== rows[i]) {
      out.push({ arc: topology.arcs.push(piece) - 1, row: rows[i] });
      piece = [at];
    }
  }
  return out;
}
