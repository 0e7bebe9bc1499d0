// The one stylesheet of all pages: a ticket beside a form, from a phone to a desktop, light and dark, either direction.

const PAPER = `:root{
--paper:#f4f1ea;--card:#fffdf9;--ink:#1f1b16;--muted:#615a50;--line:#d9d2c5;--edge:#857b6e;
--accent:#9a1b33;--fill:#9a1b33;--wash:#fbeceb;--bad:#a11528;--good:#17623d;--open:#7a4d00;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;
--lead:1.5;color-scheme:light dark}
:lang(fa){--sans:Vazirmatn,"Noto Sans Arabic",Tahoma,"Geeza Pro",system-ui,sans-serif;--serif:var(--sans);--lead:1.8}
:lang(ja){--sans:"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,system-ui,sans-serif;--serif:"Hiragino Mincho ProN","Yu Mincho","Noto Serif CJK JP","Noto Serif JP",serif;--lead:1.7;line-break:strict;word-break:auto-phrase}
[data-page=challenge]{--accent:#0d5575;--fill:#0d5575;--wash:#e7f1f5}
@media (prefers-color-scheme:dark){
:root{--paper:#151311;--card:#1f1c19;--ink:#f2ede4;--muted:#b8aea1;--line:#3b352e;--edge:#8f8578;
--accent:#f29aa4;--fill:#b8324a;--wash:#3a1c20;--bad:#ffa39c;--good:#85d8aa;--open:#f0c069}
[data-page=challenge]{--accent:#86cae6;--fill:#1f7499;--wash:#12303c}}`;

const PAGE = `*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/var(--lead) var(--sans);overflow-wrap:anywhere}
main,form,.columns,.ways,.field,.notice,.trouble{display:grid;grid-template-columns:minmax(0,1fr)}
h1,h2,p,dl,dd,ul{margin:0}
ul{padding:0;list-style:none}
h1,h2{line-height:calc(var(--lead) - .25);text-wrap:balance}
h1{font:600 clamp(1.5rem,1.2rem + 1.6vw,2.125rem)/1.25 var(--serif);letter-spacing:-.01em}
:lang(fa) h1,:lang(ja) h1{letter-spacing:0;line-height:1.5}
h2{font:600 1.25rem/1.35 var(--serif)}
:lang(fa) h2,:lang(ja) h2{line-height:1.6}
a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.rehearsal{border-block-end:1px solid var(--line);padding:.625rem 1.25rem;font-size:.875rem;color:var(--muted)}
.rehearsal p{max-inline-size:60rem;margin-inline:auto}
.rehearsal strong{color:var(--accent);margin-inline-end:.5em}
main{max-inline-size:62.5rem;margin-inline:auto;padding:1.5rem 1.25rem 4rem;gap:1.25rem}
.columns{gap:1.5rem}
.ways{gap:1.5rem;align-content:start}
.hint{color:var(--muted);font-size:.875rem}
.figures{font-variant-numeric:tabular-nums lining-nums}
.alone{max-inline-size:36rem}
@media (min-width:52rem){
main{padding-block:2.5rem 5rem;gap:1.75rem}
.rehearsal{padding-inline:1.25rem}
.columns{grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:3rem;align-items:start}
.columns>.ticket:first-child{position:sticky;inset-block-start:1.5rem}
.columns>.notice{order:1}}`;

const TICKET = `.ticket{background:var(--card);border:1px solid var(--line);border-radius:.875rem;position:relative}
.showing,.price{padding:1.25rem}
.showing h2{font:600 1.375rem/1.3 var(--serif);margin-block-end:.875rem}
:lang(fa) .showing h2,:lang(ja) .showing h2{line-height:1.6}
.showing dl{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.875rem 1rem}
.showing dl>:first-child,.showing dl>:last-child{grid-column:1/-1}
dt{font-size:.8125rem;color:var(--muted)}
.showing dd{font-weight:500}
.row{color:var(--muted);font-weight:400;margin-inline-end:.375em}
.price{border-block-start:2px dashed var(--line);position:relative}
.price::before,.price::after{content:"";position:absolute;inset-block-start:-.6875rem;inline-size:.6875rem;block-size:1.25rem;background:var(--paper);border:1px solid var(--line)}
.price::before{inset-inline-start:-1px;border-inline-start:0;border-start-end-radius:1rem;border-end-end-radius:1rem}
.price::after{inset-inline-end:-1px;border-inline-end:0;border-start-start-radius:1rem;border-end-start-radius:1rem}
.total{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1rem}
.total dt{font-size:1rem;color:inherit}
.total dd{font-size:1.375rem;font-weight:650}
.total .figures{white-space:nowrap}
.currency{font-size:.875rem;font-weight:600;color:var(--muted)}
.ids{margin-block-start:.875rem;display:grid;gap:.125rem;font-size:.8125rem;color:var(--muted)}
.ids div{display:flex;justify-content:space-between;gap:1rem}
.ids dt{flex:none}
.ids dd{text-align:end;min-inline-size:0;overflow-wrap:anywhere}`;

const FORMS = `form{gap:1rem}
#test-cards,#leave{border-block-start:1px solid var(--line);padding-block-start:1.5rem;gap:.75rem}
.notice #leave{border:0;padding:0;justify-items:start}
.time-left{color:var(--muted)}
.time-left strong{color:var(--ink);font-variant-numeric:tabular-nums}
.field{gap:.25rem;align-content:end}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1rem}
label{font-weight:600}
input{font:inherit;font-size:1.0625rem;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:.5rem;padding:.625rem .75rem;min-block-size:3rem;inline-size:100%}
input:dir(ltr){font-variant-numeric:tabular-nums}
[dir=rtl] input[dir=ltr]{text-align:right}
input::placeholder{color:var(--muted);opacity:1}
[aria-invalid]{border:2px solid var(--bad)}
.field-trouble{color:var(--bad);font-weight:600;font-size:.875rem}
button,.button{font:inherit;font-weight:600;min-block-size:3rem;padding:.625rem 1.25rem;border-radius:.5rem;border:1px solid var(--edge);background:var(--card);color:var(--ink);cursor:pointer;text-align:center}
.button{display:inline-flex;align-items:center;justify-content:center;text-decoration:none}
button:hover,.button:hover{border-color:var(--ink)}
.primary,.notice .button{background:var(--fill);border-color:var(--fill);color:#fff}
.primary{font-size:1.0625rem;min-block-size:3.25rem}
.primary:hover,.notice .button:hover{border-color:var(--ink);text-decoration:underline;text-underline-offset:.2em}
.quiet{background:none;border-color:transparent;color:var(--accent);text-decoration:underline;text-underline-offset:.2em}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.625rem}
.cards button{inline-size:100%;block-size:100%;display:grid;gap:.125rem;text-align:start;padding:.625rem .875rem}
.cards bdi{font-size:.875rem;font-weight:400;color:var(--muted);text-align:start}
[dir=rtl] .cards bdi{text-align:end}`;

const NOTICES = `.trouble{background:var(--wash);border:1px solid var(--bad);border-inline-start-width:.375rem;border-radius:.5rem;padding:1rem 1.25rem;gap:.25rem}
.trouble:focus-visible{outline-width:2px;outline-offset:2px}
.trouble h2{color:var(--bad);font-size:1.125rem}
.trouble a{display:inline-flex;align-items:center;min-block-size:2.75rem;font-weight:600}
.notice{gap:1rem;align-content:start;justify-items:start}
.notice::before{content:"";inline-size:3rem;block-size:.375rem;border-radius:1rem;background:var(--open)}
.good::before{background:var(--good)}
.bad::before{background:var(--bad)}
.notice>p{max-inline-size:34em}
.notice .button,.notice button{inline-size:100%}
@media (min-width:32rem){.notice .button,.notice button{inline-size:20rem}}
.notice form,.notice p:has(.button){inline-size:100%}
.quiet+.hint{text-align:center;margin-block-start:-.75rem}
.issuer{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center}
.issuer strong{background:var(--fill);color:#fff;border-radius:.375rem;padding:.25rem .75rem}
.issuer span{color:var(--muted)}`;

export const STYLESHEET = [PAPER, PAGE, TICKET, FORMS, NOTICES].join('\n');
