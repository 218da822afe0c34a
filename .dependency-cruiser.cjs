/** Arrows between the folders of `src` go down only, in this order, and never in a circle. */
const { existsSync } = require("node:fs");
const layers = Object.keys(require("./docs/layers.json"));
const path = (layer) => (existsSync(`${__dirname}/src/${layer}`) ? `^src/${layer}/` : `^src/${layer}\\.ts$`);

module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "playground-above-all", severity: "error", from: { path: "^src/" }, to: { path: "^playground/" } },
    {
      name: "playground-worker-without-page",
      severity: "error",
      from: { path: "^playground/src/(worker|math|highlight)/" },
      to: { path: "^playground/src/page/" },
    },
    {
      name: "playground-page-without-compiler",
      severity: "error",
      from: { path: "^playground/src/page/" },
      to: { path: ["^src/compile\\.ts$", "^playground/src/worker/"] },
    },
    ...layers.slice(1).map((layer, below) => ({
      name: `${layer}-looks-down-only`,
      severity: "error",
      from: { path: path(layer) },
      to: { path: layers.slice(0, below + 1).map(path) },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    // What stands in them is of a project of its own.
    exclude: { path: "^src/cli/templates/" },
  },
};
