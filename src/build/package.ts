import "./prepare.ts";
import { types, typesOfCommonJs } from "./types.ts";

/** What is published: `npm run build`. */
types([
  "index.d.ts",
  "property/index.d.ts",
  "train/index.d.ts",
  "native/index.d.ts",
  "plugin/unplugin.d.ts",
  "plugin/register.d.ts",
]);
typesOfCommonJs("property/index.d.ts");
