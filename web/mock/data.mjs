// Synthetic data for trying the islands without the desk: made by a fixed seed, true of nothing, and marked so in every title.

/** Small numbers that look random and are the same each time. */
function seeded(seed) {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 4294967296;
    return seed / 4294967296;
  };
}

/** `n` incidents between 24 and 37 degrees north, 60 and 78 east, in the columns that the desk sends: every exact or near place
 * is a point of its own (the register would have many at one town), districts have one middle each. */
export function marks(n) {
  const random = seeded(7);
  const districts = Array.from({ length: 300 }, () => ({ at: [60 + random() * 18, 24 + random() * 13], km: 20 + random() * 40 }));
  const columns = { total: n, unlocated: 0, lon: [], lat: [], place_precision: [], radius_km: [], id: [], title: [], from: [] };
  for (let i = 0; i < n; i++) {
    const sort = random();
    const code = sort < 0.6 ? 1 : sort < 0.85 ? 2 : 3;
    const own = [60 + random() * 18, 24 + random() * 13];
    const district = districts[Math.floor(random() * districts.length)];
    const km = code === 2 ? 5 + random() * 15 : code === 3 ? district.km : 0;
    const from = day(random);
    if (i % 40 === 39) { columns.unlocated++; continue; }
    const [lon, lat] = code === 3 ? district.at : own;
    const row = { lon, lat, place_precision: code, radius_km: Math.round(km), id: `isynthetic${i}`, title: `synthetic incident ${i}`, from };
    for (const [name, value] of Object.entries(row)) columns[name].push(value);
  }
  return columns;
}

export function timeline(n) {
  const random = seeded(11);
  const lanes = ["Synthetic side A", "Synthetic side B", "Synthetic body ⁧שלום⁩"].map((actor, lane) => ({
    actor,
    items: Array.from({ length: n }, (_, i) => {
      const sort = random();
      const from = day(random);
      const later = new Date(Date.parse(from) + Math.ceil(random() * 20) * 86_400_000).toISOString().slice(0, 10);
      const dates = sort < 0.6 ? { from, to: from, precision: "day" } : sort < 0.85 ? { from, to: later, precision: "range" }
        : sort < 0.93 ? { from, precision: "range" } : sort < 0.97 ? { to: from, precision: "range" } : {};
      return { id: `i${lane}x${i}`, title: `synthetic <b>item</b> ${i}`, kind: "shelling", url: `/incidents/i${lane}x${i}`, ...dates };
    }),
  }));
  return { lanes };
}

export function counts() {
  const random = seeded(13);
  const days = Array.from({ length: 120 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
  return { days, series: ["synthetic A", "synthetic B"].map((name) => ({ name, values: days.map((_, i) => (i % 31 === 30 ? null : Math.floor(random() * 9))) })) };
}

function day(random) {
  return new Date(Date.UTC(2024, 0, 1 + Math.floor(random() * 120))).toISOString().slice(0, 10);
}
