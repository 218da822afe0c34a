import "../../src/build/fresh.ts";
import { bundlePage } from "./bundle.ts";

/** `npm run build:playground`: makes the page in `build/playground/`. */
await bundlePage();
