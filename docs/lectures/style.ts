import { darkRules } from "../../src/views/dark.ts";
import { equationStyle } from "../../src/views/mathml/html.ts";

/** What a lecture looks like beside what pages do: on light and on dark paper, on a telephone, and printed. */
export const lectureStyle = `
body.chart{--shade:#f3f5f7;--link:#0b5cad;--slide:#fff8ec;font-size:16px}
@media (prefers-color-scheme:dark){body.chart{--shade:#1c2229;--link:#7cc0ff;--slide:#2a2418}}
body.chart{max-width:1160px}
h2{font-size:22px;margin:44px 0 8px;padding-top:12px;border-top:2px solid var(--grid)}
h3{font-size:18px;margin:34px 0 2px}
h4{font-size:14px;margin:10px 0 4px;color:var(--soft);font-weight:600}
p{max-width:76ch}
a{color:var(--link)}
nav{columns:2;column-gap:40px;margin:18px 0;font-size:14.5px}
nav div{break-inside:avoid;margin-bottom:10px}
nav ul{margin:2px 0;padding-left:20px}
nav li{margin:3px 0}
.slide,.derived{padding:4px 14px 8px;margin:10px 0;border-left:4px solid var(--l1);background:var(--slide);overflow-x:auto}
.derived{border-left-color:var(--l0);background:var(--shade)}
.found{border-left:4px solid var(--l2);padding-left:12px;margin:12px 0}
.several{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:10px 32px}
.several pre{font-size:12px}
.shared{grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr))}
.shared .exhibit{display:flex;flex-direction:column}
.shared .exhibit>figure{margin-top:auto}
.exhibit,.beside>div{min-width:0}
@media (min-width:900px){.exhibits:not(.several) .beside{display:grid;grid-template-columns:minmax(0,40fr) minmax(0,60fr);gap:0 28px;align-items:start}}
pre{background:var(--shade);padding:10px 14px;overflow-x:auto;font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,monospace;margin:8px 0}
pre.program{white-space:pre-wrap;overflow-wrap:break-word}
pre.program span{display:block;min-height:1.5em;padding-left:6ch;text-indent:-6ch}
summary{cursor:pointer;margin:6px 0;color:var(--soft)}
.open{margin:4px 0 10px;font-size:14.5px}
.open::before{content:"▸ ";color:var(--link)}
.told td,.told th{text-align:left}
.again{font-size:13px}
figure{margin:12px 0;overflow-x:auto}
figcaption{color:var(--soft);font-size:14px;position:sticky;left:0;max-width:76ch}
figure.drawing text{font-family:Verdana,"DejaVu Sans",sans-serif}
figure.drawing svg{max-width:100%;height:auto}
${equationStyle}
.steps{border:1px solid var(--grid);border-radius:6px;padding:10px 14px;margin:12px 0}
.steps .controls{display:flex;gap:12px;align-items:center;flex-wrap:wrap}
.steps input[type=range]{flex:1 1 220px;min-width:0;accent-color:var(--l0)}
.steps button{font:inherit;padding:2px 12px}
.steps .groups{display:flex;flex-wrap:wrap;gap:6px 22px;margin-top:8px}
.steps .group{min-width:150px}
.steps .group b{font-size:14px}
.steps .numbers{font-size:12px;color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}
.steps .tokens{display:flex;flex-wrap:wrap;gap:3px;margin:8px 0}
.steps .tokens span{padding:1px 7px;border-radius:4px;background:var(--shade);font-size:14px}
.steps .tokens span.now{background:var(--l0);color:var(--paper)}
@media screen and (prefers-color-scheme:dark){${darkRules("figure.drawing ").replaceAll("}", "}\n")}}
@media (max-width:640px){
body.chart{padding:14px}
nav{columns:1}
h1{font-size:22px}
figure.drawing svg{max-width:none}
figure.drawing svg{max-width:max(100%,520px)}
}
@media print{
body.chart{--ink:#000;--soft:#444;--grid:#ccc;--paper:#fff;--shade:#f5f5f5;--slide:#fdf8ef;--link:#000;--l0:#0072b2;--l1:#d55e00;--l2:#009e73;--l3:#b35c94;--l4:#a67c00;--l5:#56748f;font-size:11px;max-width:none;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,.open,.steps .controls,summary{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
.slide,.derived,.wide,figure,pre{overflow:visible}
pre{white-space:pre-wrap;font-size:9.5px}
math{font-size:13px}
h1{font-size:18px}
h2{font-size:16px;margin-top:24px}
h3{font-size:13.5px;margin-top:18px}
h4,figcaption,.again,.steps b,.steps .numbers{font-size:10.5px}
svg,figure,pre,.steps,.slide,.derived tr,tr{break-inside:avoid}
h2,h3,h4,summary{break-after:avoid}
.several{display:block}
.panels svg{max-width:48%}
figure.drawing svg{max-width:100%;max-height:17cm}
}
`;
