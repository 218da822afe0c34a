import { startPage } from "./page/page.ts";
import { serve } from "./worker/serve.ts";

/** One script is the page and, where there is no document, what works for it: so it can be opened from a file. */
if (typeof document === "undefined") serve();
else startPage();
