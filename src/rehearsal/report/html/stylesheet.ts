// The one stylesheet of the page: from a phone to a desktop, light and dark, and on paper.

const COLOURS = `:root{color-scheme:light dark;
--ground:#fff;--card:#f6f7f9;--ink:#1a1d21;--muted:#565d66;--line:#d5d9df;--edge:#868e99;--band:#fbe9c6;--bar:#8a5a00;--onbar:#fff;
--good:#146c43;--warn:#7d5200;--bad:#b01030;--s1:#0065a8;--s2:#c04a00;--s3:#00755a}
@media (prefers-color-scheme:dark){:root{
--ground:#121417;--card:#1c2025;--ink:#eceff3;--muted:#adb5c0;--line:#343a42;--edge:#808a97;--band:#3d3218;--bar:#e0b354;--onbar:#121417;
--good:#6fd6a2;--warn:#f0c069;--bad:#ff9aa8;--s1:#66bdf2;--s2:#ffa05c;--s3:#3fd6ae}}`;

const PAGE = `*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-inline-size:66rem;margin-inline:auto;padding-inline:1.25rem}
header{padding-block:2rem .5rem}
footer{padding-block:1rem 3rem;color:var(--muted);font-size:.875rem}
h1,h2,h3,p,dl,dd,ul,ol,figure{margin:0}
h1{font-size:clamp(1.5rem,1.2rem + 1.6vw,2.125rem);line-height:1.2;text-wrap:balance}
h2{font-size:1.375rem;line-height:1.3;margin-block-end:.75rem}
h3{font-size:1.0625rem;line-height:1.4}
section{margin-block-start:2.5rem}
section>h3{margin-block:1.25rem .5rem}
ul,ol.plain{list-style:none;padding:0}
a{color:inherit;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--s1);outline-offset:2px}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",monospace}
pre{margin:0;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:.375rem;overflow:auto;white-space:pre}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-block-start:1rem;font-size:.9375rem}
nav a{display:inline-block;padding-block:.125rem}
.hint{color:var(--muted);font-size:.875rem}
.about{margin-block-start:.75rem;color:var(--muted)}
time,.figure{font-variant-numeric:tabular-nums;white-space:nowrap}`;

const VERDICTS = `.verdict{display:grid;grid-template-columns:auto 1fr;gap:.25rem .875rem;align-items:center;margin-block-start:1.25rem;padding:1rem 1.25rem;border:2px solid currentColor;border-radius:.5rem;background:var(--card)}
.verdict p{color:var(--ink)}
.verdict .sign{grid-row:span 2;font-size:2.25rem;line-height:1}
.verdict strong{font-size:1.25rem}
.badge{display:inline-block;border:1.5px solid currentColor;border-radius:1rem;padding:0 .625rem;font-size:.875rem;font-weight:600;white-space:nowrap}
.pass{color:var(--good)}.warn{color:var(--warn)}.fail{color:var(--bad)}.no-data{color:var(--muted)}
.fixes{display:grid;gap:.75rem;padding-inline-start:1.5rem}
.fixes li::marker{font-weight:700}
.fixes li{padding-inline-start:.25rem}
.criteria{display:grid;border-block-end:1px solid var(--line)}
.criteria>li{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.125rem .75rem;padding-block:.75rem;border-block-start:1px solid var(--line)}
.criteria>li>div{display:grid;gap:.125rem}
.of{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:baseline}
.of .figure{font-weight:600}
summary{cursor:pointer;color:var(--muted);font-size:.875rem}
details li{font-size:.875rem}
.silent{font-size:.9375rem;display:grid;gap:.25rem;margin-block-start:.75rem}`;

const TABLES = `.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;inline-size:100%;font-size:.9375rem}
th,td{text-align:start;vertical-align:top;padding:.375rem .75rem .375rem 0;border-block-end:1px solid var(--line);overflow-wrap:normal}
thead th{color:var(--muted);font-weight:600;white-space:nowrap;border-block-end-color:var(--edge)}
tbody th{font-weight:600}
th.n,td.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
.moments{display:grid;border-inline-start:2px solid var(--edge);margin-inline-start:.25rem}
.moments li{display:grid;grid-template-columns:4.5rem minmax(0,1fr);gap:0 .75rem;padding:.25rem 0 .25rem .875rem;position:relative}
.moments li::before{content:"";position:absolute;inset-inline-start:-.4rem;inset-block-start:.75rem;inline-size:.625rem;block-size:.625rem;border-radius:50%;background:var(--ground);border:2px solid var(--edge)}
.moments .phase{font-weight:600}.moments .hint{font-weight:400}
.moments .fault-on::before,.moments .abort::before{background:var(--bad);border-color:var(--bad)}
.moments .fault-off::before,.moments .recovered::before,.moments .healed::before{background:var(--good);border-color:var(--good)}
.moments .note{background:var(--card)}
.facts{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1rem;margin-block-end:1rem}
.facts dt{color:var(--muted)}`;

const CHARTS = `.charts{display:grid;gap:1.75rem}
figcaption{font-weight:600}
.chart{display:block;inline-size:100%;block-size:auto;max-inline-size:60rem;overflow:visible}
.chart text{fill:var(--ink);font-size:13px;font-variant-numeric:tabular-nums}
.chart .unit,.chart .phase-name{fill:var(--muted)}
.grid{stroke:var(--line)}.axis{stroke:var(--edge)}
.begins{stroke:var(--edge);stroke-dasharray:2 4}
.shade{fill:var(--band)}
.bar{fill:var(--bar)}.chart .bar-number{fill:var(--onbar);font-weight:700;font-size:12px}
.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}
.curve{fill:none;stroke:var(--c);stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.s2 .curve{stroke-dasharray:9 5}.s3 .curve{stroke-dasharray:2 5}
.mark{fill:var(--ground);stroke:var(--c);stroke-width:2}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;font-size:.9375rem;margin-block:.25rem .5rem}
.legend li{display:flex;gap:.5rem;align-items:center}
.legend svg{inline-size:2.75rem;block-size:1rem;flex:none}
.legend .swatch{fill:var(--band);stroke:var(--bar)}
.faults{font-size:.9375rem}
@media (max-width:40rem){
header{padding-block-start:1.25rem}
.chart text{font-size:21px}.chart .bar-number{font-size:17px}
.curve,.mark{stroke-width:3.5}
.criteria>li,.moments li{grid-template-columns:minmax(0,1fr)}
.verdict{padding:.875rem}}`;

const PAPER = `@media print{
:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#ccc;--edge:#777;--band:#eee;--bar:#444;--onbar:#fff;
--good:#146c43;--warn:#7d5200;--bad:#b01030;--s1:#0065a8;--s2:#c04a00;--s3:#00755a}
@page{margin:15mm}
html{font-size:9.5pt}
header,main,footer{max-inline-size:none;padding-inline:0}
nav{display:none}
section{margin-block-start:1.5rem}
h2,h3{break-after:avoid}
figure,tr,.verdict,.criteria>li,.moments li,.fixes li{break-inside:avoid}
.scroll{overflow:visible}
th,td{overflow-wrap:anywhere}
pre{white-space:pre-wrap}
.bar,.shade,.swatch,.moments li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible;block-size:auto}}`;

export const STYLESHEET = [COLOURS, PAGE, VERDICTS, TABLES, CHARTS, PAPER].join('\n');
