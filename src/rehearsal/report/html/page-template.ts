// The page around its parts: the verdict first, then what to fix, what happened, and what it takes to play it again.
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="<%~ it.policy %>">
<title><%= it.report.title %></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<style><%~ it.style %></style>
</head>
<body>
<header>
<h1><%= it.report.title %></h1>
<div class="verdict <%= it.verdict %>">
<span class="sign" aria-hidden="true"><%= it.signs[it.verdict] %></span>
<strong><%= it.passedWords %></strong>
<p><%= it.sentence %></p>
</div>
<p class="about"><%= it.whom %> <%~ it.time(it.report.startedAt) %>, <%= it.length %>; <%= it.report.counts.requests %> requests.
<% if (it.report.abort) { %>Aborted by <%= it.report.abort.condition %>: <%= it.report.abort.value %> (limit: <%= it.report.abort.limit %>).<% } %>
<span id="zone">Times are in UTC.</span></p>
<nav aria-label="Parts of the report"><ul>
<% for (const { id, title } of it.parts) { %>
<li><a href="#<%= id %>"><%= title %></a></li>
<% } %>
</ul></nav>
</header>
<main>
<% for (const { id, title, name } of it.parts) { %>
<section id="<%= id %>" aria-labelledby="<%= id %>-title">
<h2 id="<%= id %>-title"><%= title %></h2>
<%~ include('@' + name, it) %>
</section>
<% } %>
</main>
<footer><p>Rehearsal <code><%= it.report.id %></code> in the world <%= it.report.world %><% if (it.report.by) { %>, begun by <%= it.report.by %><% } %>. Showstopper <%= it.report.replay.version %>.</p></footer>
<script><%~ it.script %></script>
</body>
</html>
`;

/** Of a table as data; its first column names the row. */
export const TABLE = `<div class="scroll" role="region" tabindex="0" aria-label="<%= it.label %>">
<table>
<thead><tr><% for (const { head, kind } of it.columns) { %><th scope="col" class="<%= kind %>"><%= head %></th><% } %></tr></thead>
<tbody>
<% for (const row of it.rows) { %>
<tr><% row.forEach((cell, index) => { const kind = it.columns[index].kind; %><% if (index === 0) { %><th scope="row"><%= cell %></th><% } else { %><td class="<%= kind %>"><%= cell %></td><% } %><% }) %></tr>
<% } %>
</tbody>
</table>
</div>
`;

export const HYPOTHESIS = `<ul class="criteria">
<% for (const { metric, of, outcome, verdict, sign, bound, figure, n, why, evidence } of it.hypothesis) { %>
<li><div><span><span class="badge <%= verdict %>"><%= sign %> <%= outcome %></span></span></div>
<div>
<p class="of"><strong><%= metric %></strong> <span><%= bound %></span> <span class="figure"><%= figure %></span> <span class="hint">n = <%= n %><% if (of !== null) { %>; client <%= of %><% } %></span></p>
<p><%= why %></p>
<% if (evidence.length > 0) { %><p class="hint">See request <code><%= evidence[0] %></code>.</p><% } %>
</div></li>
<% } %>
</ul>
`;

export const FIXES = `<ol class="fixes">
<% for (const { metric, client, verdict, isGate, isExpected, advice, evidence } of it.report.firstToFix) { %>
<li><h3><%= metric %> <span class="badge <%= verdict %>"><%= it.signs[verdict] %> <%= it.verdictWords[verdict] %></span></h3>
<p><%= advice %></p>
<p class="hint">Client <%= client %><% if (isGate) { %>; part of the safety gate<% } %><% if (isExpected) { %>; a condition of the hypothesis is not met by it<% } %><% if (evidence.length > 0) { %>; see request <code><%= evidence[0] %></code><% } %>.</p></li>
<% } %>
</ol>
`;

export const COMPARISON = `<p>Rehearsal <code><%= it.against.id %></code>, “<%= it.against.title %>”, of <%~ it.time(it.against.startedAt) %>, which <%= it.against.passed ? 'passed' : 'did not pass' %>.<% for (const caveat of it.caveats) { %> <%= caveat %><% } %></p>
<% if (it.changes.rows.length > 0) { %><%~ include('@table', it.changes) %><% } else { %><p>Neither has a figure to compare.</p><% } %>
`;

export const SALES = `<%~ include('@table', it.sales) %>
<% if (it.wrongSales.length > 0) { %><ul><% for (const wrong of it.wrongSales) { %><li class="fail">✗ <%= wrong %></li><% } %></ul><% } %>
`;

export const LEDGER = `<% if (it.reconciled.length === 0) { %><p><%= it.nobodyReconciled %></p><% } %>
<% for (const { whose, agree, says, before, table, more } of it.reconciled) { %>
<h3><%= whose %></h3>
<p class="<%= agree ? 'pass' : 'fail' %>"><%= agree ? it.signs.pass : it.signs.fail %> <%= says %></p>
<% if (before.length > 0) { %><ul><% for (const one of before) { %><li class="hint">Before, <%= one %></li><% } %></ul><% } %>
<% if (!agree) { %><%~ include('@table', table) %><% } %>
<% if (more > 0) { %><p>And <%= more %> more.</p><% } %>
<% } %>
`;

export const INVARIANTS = `<% const { count, breaches } = it.report.audit; %>
<% if (count === 0) { %><p>Every invariant of the books holds.</p><% } else { %>
<ul>
<% for (const { rule, detail, requests } of breaches) { %>
<li><span class="fail">✗</span> <strong><%= rule %></strong>: <%= detail %><% if (requests.length > 0) { %> <span class="hint">See request <code><%= requests[0] %></code>.</span><% } %></li>
<% } %>
<% if (count > breaches.length) { %><li>And <%= count - breaches.length %> more.</li><% } %>
</ul>
<% } %>
`;

export const NOTES = `<ol class="plain moments">
<% for (const { at, author, kind, text } of it.report.notes) { %>
<li class="note"><span class="figure"><%= it.since(at) %></span> <div><p><strong><%= author %></strong> <%= kind %>: <%= text %></p><p class="hint"><%~ it.time(at) %></p></div></li>
<% } %>
</ol>
`;

export const TIMELINE = `<ol class="plain moments">
<% for (const { at, kind, who, says } of it.report.timeline) { %>
<li class="<%= kind %>"><span class="figure"><%= it.since(at) %></span> <span><% if (who !== null) { %><%= who %>: <% } %><%= says %> <span class="hint"><%~ it.time(at) %></span></span></li>
<% } %>
</ol>
`;

export const GAPS = `<ul>
<% for (const gap of it.report.gaps) { %><li>– <%= gap %></li><% } %>
</ul>
`;

export const BLIND_SPOTS = `<ul>
<% for (const spot of it.blindSpots) { %><li>– <%= spot %></li><% } %>
</ul>
`;

export const REPLAY = `<dl class="facts">
<% for (const [name, value] of it.settings) { %>
<dt><%= name %></dt><dd><%= value %></dd>
<% } %>
</dl>
<% for (const { title, text } of it.replayTexts) { %>
<h3><%= title %></h3>
<pre tabindex="0" role="region" aria-label="<%= title %>"><%= text %></pre>
<% } %>
`;
