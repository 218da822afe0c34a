#!/usr/bin/env node
// The sources are TypeScript; tsx reads them in this process, from whatever folder the command is called.
import { register } from "tsx/esm/api";

register();
await import("./main.ts");
