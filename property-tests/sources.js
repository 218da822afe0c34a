/**
 * Loads TypeScript for the tests. tsx would do, but it has every function of the sources say its name each time one is
 * made, which takes a tenth of the time of tests. What esbuild made of a file is kept by what stands in it.
 */
import { register } from "node:module";

register("./sources-hooks.js", import.meta.url);
process.setSourceMapsEnabled(true);
