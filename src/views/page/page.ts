import { style } from "../chart/panel.ts";
import { escaped } from "../svg-elements.ts";
import type { Html } from "./html.ts";

/**
 * One file for a browser, on light and on dark paper: it asks for nothing from elsewhere, and runs no script but those whose
 * digests are given, as a policy names them: `'sha256-…'`.
 */
export const pageOf = (
  title: string,
  own: string,
  body: ReadonlyArray<Html>,
  scripts: ReadonlyArray<string> = [],
): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${scripts.length === 0 ? "" : `; script-src ${scripts.join(" ")}`}">
<title>${escaped(title)}</title>
<style>${style}${common}${own}</style>
<body class="chart">
${body.join("\n")}
</body>
</html>
`;

const common = `
:root{color-scheme:light dark}
body.chart{font-size:15px;line-height:1.5;margin:0 auto;max-width:1240px;padding:24px;color:var(--ink);background:var(--paper)}
h1{font-size:26px;margin:0 0 2px}
p{margin:4px 0}
p.soft,footer,th{color:var(--soft)}
footer{border-top:1px solid var(--grid);margin-top:36px;padding-top:8px;font-size:13px}
.panels{display:flex;flex-wrap:wrap;align-items:flex-start;gap:6px}
.panels svg{font-size:12px;max-width:100%;height:auto}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:10px 0;font-variant-numeric:tabular-nums}
th,td{padding:3px 14px 3px 0;text-align:right;border-bottom:1px solid var(--grid);font-weight:400}
th:first-child,td:first-child{text-align:left}
`;
