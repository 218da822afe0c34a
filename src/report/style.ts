import { equationStyle } from "../views/mathml/html.ts";

/** What a report looks like beside what pages do: on light and on dark paper, and printed, where paper is light. */
export const reportStyle = `
body.chart{--good:#2a7d4f;--bad:#b3261e;--shade:#f3f5f7;--heat:213,94,0}
@media (prefers-color-scheme:dark){body.chart{--good:#6fd39c;--bad:#ff9a8f;--shade:#1c2229;--heat:240,144,77}}
h2{font-size:19px;margin:36px 0 6px;padding-top:10px;border-top:1px solid var(--grid)}
h3{font-size:15px;margin:18px 0 4px}
summary,.soft{color:var(--soft)}
p.lead{font-size:17px;margin:10px 0}
th,td{vertical-align:top;white-space:nowrap}
th:first-child,td:first-child{white-space:normal}
th{white-space:normal;vertical-align:bottom}
table.scores td{white-space:normal}
.interval{white-space:nowrap}
table.words th,table.words td{text-align:left;white-space:normal}
td.matrix{padding:3px 10px;text-align:center;border:1px solid var(--paper)}
tr.model td{font-weight:600}
.tokens{overflow-wrap:anywhere}
.chars{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,monospace;font-size:13px;white-space:pre-wrap;line-height:1.7}
.token{border-radius:3px;padding:1px 2px}
.chars .token{border-radius:0;padding:1px 0}
.example{margin:12px 0}
.stacked{display:inline-flex;flex-direction:column;margin:2px 9px 4px 0}
.below{font-size:12.5px;color:var(--soft)}
.right{color:var(--good)}
.wrong{color:var(--bad);font-weight:600}
.bar{display:inline-block;height:9px;border-radius:2px;background:var(--l0);vertical-align:middle;min-width:1px}
blockquote{margin:10px 0;padding:8px 14px;border-left:3px solid var(--grid);background:var(--shade);white-space:pre-wrap;overflow-wrap:anywhere}
pre{background:var(--shade);padding:10px 14px;overflow-x:auto;font-size:13px;line-height:1.45;margin:8px 0}
pre.command{white-space:pre-wrap;overflow-wrap:anywhere}
${equationStyle}summary{cursor:pointer;margin:6px 0}
.drawing{overflow-x:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 18px;margin:8px 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
@media print{
body.chart{--ink:#000;--soft:#444;--grid:#ccc;--paper:#fff;--shade:#f5f5f5;--good:#2a7d4f;--bad:#b3261e;--heat:213,94,0;--l0:#0072b2;--l1:#d55e00;--l2:#009e73;font-size:12px;max-width:none;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.drawing svg{max-width:100%;height:auto}
tr,.panels svg,pre,blockquote{break-inside:avoid}
h2,h3{break-after:avoid}
.wide,.drawing,pre{overflow:visible}
}
`;
