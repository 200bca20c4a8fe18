// Schemathesis over the desk's OpenAPI, on a demo desk of its own that is thrown away. `make api-fuzz`.
//
// Two runs: as an admin's program, where everything may be asked; and as a reader's, where every decision must be refused.
// The description is given to it with ids of the demo register and an example of every action, so that some decisions are kept.
// It installs Schemathesis into a virtual environment in web/.venv. EXAMPLES says how many cases an operation gets.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./e2e/desk.mjs";

const VERSION = "4.32.5";
const EXAMPLES = process.env.EXAMPLES ?? "200";
const venv = new URL("../.venv/", import.meta.url).pathname;

if (!existsSync(`${venv}bin/schemathesis`)) {
  run("python3", ["-m", "venv", venv]);
  run(`${venv}bin/pip`, ["install", "--quiet", `schemathesis==${VERSION}`]);
}

// It leaves a cache where it runs.
const scratch = mkdtempSync(join(tmpdir(), "api-fuzz-"));
const desk = await startServer();
let failed = false;
try {
  const visit = await session(desk);
  const reader = "fuzzed reader";
  await visit("/people/add", { name: reader, role: "reader", password: "only for a test of the demo" });
  const keyOf = async (name) => {
    const shown = await visit("/people/keys/add", { name, label: "schemathesis" });
    const key = /<code class="key">([^<]+)</.exec(shown)?.[1];
    if (!key) throw new Error(`the desk gave no key for ${name}`);
    return key;
  };
  const admins = await keyOf(desk.name);
  await describe(admins);
  console.log("\n== as an admin's program");
  failed = fuzz(admins, []) || failed;
  const readers = await keyOf(reader);
  const before = await decisions(readers);
  console.log(`decisions that were kept: ${before}`);
  // If all are refused, nothing behind the first checks was reached.
  if (before === 0) failed = true;
  console.log("\n== as a reader's program: nothing may be decided");
  failed = fuzz(readers, ["--phases", "fuzzing"]) || failed;
  const after = await decisions(readers);
  console.log(`decisions before and after the reader's run: ${before}, ${after}`);
  if (before !== after) failed = true;
} finally {
  await desk.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

/** Runs it with a key; true if it found something. Streams never end, so they are left out. */
function fuzz(key, more) {
  const result = spawnSync(`${venv}bin/schemathesis`, ["run", join(scratch, "openapi.json"), "--url", desk.address, "-H", `Authorization: Bearer ${key}`,
    "--exclude-path", "/api/v1/events", "--checks", "all", "--exclude-checks", "positive_data_acceptance", "--max-examples", EXAMPLES,
    "--seed", "1", "--workers", "2", "--continue-on-failure", "--request-timeout", "20", "--generation-database", "none",
    "--suppress-health-check", "all", "--no-color", ...more], { stdio: "inherit", cwd: scratch });
  return result.status !== 0;
}

/**
 * The desk's description with what this register holds: ids are often those of objects that are there, and each action has a
 * whole example, so that some decisions are accepted.
 */
async function describe(key) {
  const get = async (path) => (await fetch(desk.address + path, { headers: { authorization: `Bearer ${key}` } })).json();
  const description = await get("/api/v1/openapi.json");
  const rows = async (list) => (await get(`/api/v1/${list}?limit=20`)).rows;
  const [incidents, claims, commitments, reports, sources] = await Promise.all(["incidents", "claims", "commitments", "reports", "sources"].map(rows));
  const ids = (list) => list.map((row) => row.id);
  const often = (values) => ({ anyOf: [{ type: "string", enum: values }, { type: "string" }] });
  const claim = claims[0];
  const said = { report: claim.report, start: claim.start, end: claim.end, speaker: claim.speaker, stance: "warns", aspect: "legality" };
  const examples = [
    { action: "confirm", id: incidents[0].id }, { action: "reject", id: claim.id }, { action: "merge", ids: ids(incidents).slice(0, 2) },
    { action: "edit", id: incidents[2].id, field: "killed", value: "1..2" }, { action: "grade-source", source: sources[0].name, grade: "B" },
    { action: "grade-claim", id: claim.id, grade: "3" }, { action: "follow", id: commitments[0].id, progress: "kept" },
    { action: "assess", id: incidents[2].id, who: "X", likelihood: "likely", confidence: "low", basis: "y" },
    { action: "claim", id: incidents[2].id, ...said }, { action: "undo", seq: 1 },
  ].map((example) => ({ ...example, reason: "fuzzed" }));
  const fields = description.components.schemas.NewDecision.properties;
  Object.assign(fields.id, often(ids([...incidents, ...claims, ...commitments])), { type: undefined });
  Object.assign(fields.action, often([...new Set(examples.map((example) => example.action))]), { type: undefined });
  Object.assign(fields.report, often(ids(reports)), { type: undefined });
  description.paths["/api/v1/decisions"].post.requestBody.content["application/json"].examples =
    Object.fromEntries(examples.map((value, n) => [`${n + 1}-${value.action}`, { value }]));
  for (const [list, all] of Object.entries({ incidents, claims, commitments, reports })) {
    description.paths[`/api/v1/${list}/{id}`].get.parameters.find((p) => p.name === "id").schema = often(ids(all));
  }
  writeFileSync(join(scratch, "openapi.json"), JSON.stringify(description));
}

async function decisions(key) {
  const response = await fetch(`${desk.address}/api/v1/decisions?limit=1`, { headers: { authorization: `Bearer ${key}` } });
  return (await response.json()).rows?.[0]?.seq ?? 0;
}

/** Signs in as a browser without scripts would; gives a function that sends a form and returns the page. */
async function session({ address, name, password }) {
  const form = await fetch(`${address}/sign-in`);
  let cookie = form.headers.get("set-cookie").split(";")[0];
  const token = (text) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const post = (path, fields, csrf) => fetch(address + path, { method: "POST", redirect: "manual", headers: { cookie }, body: new URLSearchParams({ csrf, ...fields }) });
  const signed = await post("/sign-in", { name, password }, token(await form.text()));
  if (signed.status >= 400) throw new Error(`signing in failed: ${signed.status}`);
  cookie = signed.headers.get("set-cookie").split(";")[0];
  return async (path, fields) => {
    const csrf = token(await (await fetch(`${address}/people`, { headers: { cookie } })).text());
    const response = await post(path, fields, csrf);
    if (response.status >= 400) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.text();
  };
}

function run(command, args) {
  const result = spawnSync(command, args, { stdio: "inherit" });
  if (result.status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}
