// A client's scorecard: what fails before what is well, each with its figure, its threshold and the requests that show it.
export const SCORECARD = `<% for (const { client, gate, judged, silent } of it.scorecards) { %>
<h3>Client <%= client %> <span class="badge <%= gate %>"><%= it.signs[gate] %> safety gate: <%= it.verdictWords[gate] %></span></h3>
<% if (judged.length > 0) { %>
<ul class="criteria">
<% for (const one of judged) { %>
<li data-criterion="<%= one.name %>"><div><span><span class="badge <%= one.verdict %>"><%= it.signs[one.verdict] %> <%= it.verdictWords[one.verdict] %></span></span></div>
<div>
<p class="of"><strong><%= one.name %></strong> <span class="figure"><%= one.figure %></span> <span class="hint">threshold: <%= one.threshold %>; n = <%= one.n %><% if (one.counts !== 'judged') { %>; <%= one.counts %><% } %></span></p>
<% if (one.asks) { %><p class="hint"><%= one.asks %></p><% } %>
<p><%= one.advice %></p>
<% if (one.unsure) { %><p class="warn">! Unsure: <%= one.unsure %></p><% } %>
<details><summary>Evidence and source</summary>
<ul>
<% for (const { id, seen } of one.evidence) { %>
<li><code><%= id %></code><% if (seen) { %> <%= seen.operation %> of <%= seen.client %>, <%= it.endWords(seen) %>, <%~ it.time(seen.at) %><% } %></li>
<% } %>
<% for (const [name, value] of one.more) { %><li><%= name %>: <%= value %></li><% } %>
<li>Source: <%= one.source %></li>
</ul></details>
</div></li>
<% } %>
</ul>
<% } %>
<% if (silent.length > 0) { %>
<details class="silent"><summary>No data for <%= silent.length %> <%= silent.length === 1 ? 'criterion' : 'criteria' %></summary>
<ul><% for (const { name, advice } of silent) { %><li><strong><%= name %></strong>: <%= advice %></li><% } %></ul></details>
<% } %>
<% } %>
`;
