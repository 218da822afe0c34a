/** Arrows between the folders of `src` go down only, in this order, and never in a circle. */
const layers = ["index", "cli", "build", "plugin", "train", "data", "views", "property", "compile", "check", "module", "emit", "schedule", "loops", "runtime", "transform", "elaborate", "elementary", "circuit", "syntax"];
const isOneFile = new Set(["index", "compile"]);
const path = (layer) => (isOneFile.has(layer) ? `^src/${layer}\\.ts$` : `^src/${layer}/`);

module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    ...layers.slice(1).map((layer, below) => ({
      name: `${layer}-looks-down-only`,
      severity: "error",
      from: { path: path(layer) },
      to: { path: layers.slice(0, below + 1).map(path) },
    })),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.json" }, doNotFollow: { path: "node_modules" } },
};
