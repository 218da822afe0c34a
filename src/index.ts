export { checkGradient, defaultGradientCheck, type GradientCheck, type GradientReport } from "./check/gradient.ts";
export { randomExample } from "./check/random-example.ts";
export { type Compiled, CompileOptions, compile } from "./compile.ts";
export { stateOf } from "./module/state-of.ts";
export type * from "./runtime/interface.ts";
export type { Diagnostic, Label } from "./syntax/diagnostic.ts";
export { report } from "./syntax/report.ts";
