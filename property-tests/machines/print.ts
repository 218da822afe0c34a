import { digests } from "./digests.ts";

console.log(JSON.stringify(digests()));
