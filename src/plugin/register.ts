import { register } from "node:module";

/** `node --import rnnc/register`: programs are imported as the modules that they compile to. */
register("./hooks.js", import.meta.url);
