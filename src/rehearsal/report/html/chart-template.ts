// The charts as inline SVG, each with its legend, and beside them the same as a table, phase by phase.
export const CHART = `<figure>
<figcaption id="chart-<%= it.id %>-title"><%= it.title %></figcaption>
<ul class="legend">
<% for (const { name, says, style, shape } of it.series) { %>
<li class="s<%= style %>"><svg viewBox="0 0 44 16" aria-hidden="true"><path class="curve" d="M2,8H42"/><path class="mark" transform="translate(22,8)" d="<%= shape %>"/></svg><span><strong><%= name %></strong>: <%= says %></span></li>
<% } %>
<% if (it.shades.length > 0) { %>
<li><svg viewBox="0 0 44 16" aria-hidden="true"><rect class="swatch" x="1" y="1" width="42" height="14"/></svg><span>a fault is in force</span></li>
<% } %>
</ul>
<svg class="chart" data-chart="<%= it.id %>" viewBox="0 <%= it.top - it.frame.top %> <%= it.frame.width %> <%= it.frame.height + it.frame.top - it.top %>" role="img" aria-labelledby="chart-<%= it.id %>-title">
<desc>Over time since the beginning; the table of phases has the same figures.</desc>
<% for (const { x, width } of it.shades) { %><rect class="shade" x="<%= x %>" y="<%= it.frame.top %>" width="<%= width %>" height="<%= it.frame.bottom - it.frame.top %>"/><% } %>
<% for (const { at, label } of it.yTicks) { %>
<path class="grid" d="M<%= it.frame.left %>,<%= at %>H<%= it.frame.right %>"/><text x="<%= it.frame.left - 8 %>" y="<%= at %>" dy="0.32em" text-anchor="end"><%= label %></text>
<% } %>
<% for (const { at, label } of it.xTicks) { %>
<path class="axis" d="M<%= at %>,<%= it.frame.bottom %>v6"/><text x="<%= at %>" y="<%= it.frame.bottom + 8 %>" dy="1em" text-anchor="middle"><%= label %></text>
<% } %>
<% for (const { x, label } of it.phases) { %>
<path class="begins" d="M<%= x %>,<%= it.top - 24 %>V<%= it.frame.bottom %>"/><text class="phase-name" x="<%= x + 5 %>" y="<%= it.top - 8 %>"><%= label %></text>
<% } %>
<% for (const { number, name, x, y, width } of it.bars) { %>
<g><title><%= number %>: <%= name %></title><rect class="bar" x="<%= x %>" y="<%= y %>" width="<%= width %>" height="16"/><% if (width > 16) { %><text class="bar-number" x="<%= x + width / 2 %>" y="<%= y + 8 %>" dy="0.35em" text-anchor="middle"><%= number %></text><% } %></g>
<% } %>
<path class="axis" d="M<%= it.frame.left %>,<%= it.frame.bottom %>H<%= it.frame.right %>"/>
<% for (const { name, style, path, marks, shape } of it.series) { %>
<g class="s<%= style %>" data-series="<%= name %>"><path class="curve" d="<%= path %>"/><% for (const { x, y } of marks) { %><path class="mark" transform="translate(<%= x %>,<%= y %>)" d="<%= shape %>"/><% } %></g>
<% } %>
<text class="unit" x="<%= it.frame.left %>" y="<%= it.top - 36 %>"><%= it.unit %></text>
<text class="unit" x="<%= it.frame.right %>" y="<%= it.frame.height - 6 %>" text-anchor="end">since the beginning, minutes:seconds</text>
</svg>
</figure>
`;

export const CHARTS = `<% if (it.charts.length === 0) { %>
<p>There are no samples, and so no charts.</p>
<% } else { %>
<div class="charts">
<% for (const chart of it.charts) { %><%~ include('@chart', chart) %><% } %>
</div>
<% if (it.samplesEach > 1) { %><p class="hint">Each point stands for <%= it.samplesEach %> samples: rates as their mean, the rest as the highest.</p><% } %>
<% } %>
<% if (it.faults.length > 0) { %>
<h3>Faults</h3>
<ol class="faults">
<% for (const { name, whom, share, from, to } of it.faults) { %>
<li><strong><%= name %></strong> for <%= whom %><%= share %>, <%= from %> to <%= to %></li>
<% } %>
</ol>
<% if (it.moreFaults > 0) { %><p class="hint">And <%= it.moreFaults %> more, which the report as JSON names.</p><% } %>
<% } %>
<% if (it.phases.rows.length > 0) { %>
<h3>Phase by phase</h3>
<%~ include('@table', it.phases) %>
<p class="hint">Rates are means; held and open the most at once; latencies the median of the seconds’ own percentiles.</p>
<% } %>
`;
