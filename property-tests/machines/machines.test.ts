import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { digests } from "./digests.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Other versions of Node: those that `RNNC_NODES` names, and those that `.ci/run` installs. */
const installed = join(root, "build", "nodes");
const others = [
  ...(process.env.RNNC_NODES?.split(delimiter) ?? []),
  ...(existsSync(installed) ? readdirSync(installed) : []).map((version) =>
    join(installed, version, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node"),
  ),
].filter((path) => path !== "" && existsSync(path));

const here = digests();

test("training gives the same bits twice", () => {
  assert.deepEqual(digests(), here);
});

for (const node of others) {
  const { stdout: version } = spawnSync(node, ["--version"], { encoding: "utf8" });
  test(`training and elementary functions give the same bits on Node ${version.trim()} as on ${process.version}`, () => {
    const { status, stdout, stderr } = spawnSync(
      node,
      ["--import", "tsx", join("property-tests", "machines", "print.ts")],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), here);
  });
}

test(
  "training and elementary functions give the same bits on other versions of Node",
  {
    skip: others.length === 0 ? "there are none in build/nodes, nor does RNNC_NODES name any" : false,
  },
  () => undefined,
);
