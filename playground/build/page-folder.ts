import { fileURLToPath } from "node:url";

/** Where the page is made: `index.html` there may be opened as a file. */
export const pageFolder = fileURLToPath(new URL("../../build/playground/", import.meta.url));
