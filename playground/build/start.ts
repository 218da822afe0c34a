import "./build.ts";
import { pageFolder } from "./page-folder.ts";
import { servePage } from "./serve.ts";

/** `npm run playground`: makes the page, serves it and says where. A port may be given. */
const { address } = await servePage(Number(process.argv[2] ?? 0));
console.log(`The playground: ${address}\nThe same as a file: ${pageFolder}index.html`);
