// A page that says one thing: the issuer is silent, the payment has ended, or a request was refused.
import type { PaymentView } from '../payment-view.ts';
import type { Notice, Words } from '../words/words.ts';

export interface NoticeModel {
  readonly words: Words;
  readonly notice: Notice;
  /** Colours the page: `good`, `bad` or `open`. */
  readonly tone: 'good' | 'bad' | 'open';
  /** What was refused, on a page that shows how the payment stands. */
  readonly refused?: Notice | undefined;
  readonly status?: PaymentView['paymentStatus'];
  /** Trusted HTML; empty where there is no payment to show. */
  readonly ticket: string;
  readonly links: readonly LinkModel[];
  readonly closing?: string | undefined;
  /** Where a form leads back to the shop. */
  readonly leave?: { readonly actionUrl: string; readonly attempt: number } | undefined;
}

export interface LinkModel {
  readonly id: string;
  readonly href: string;
  readonly text: string;
}

export const NOTICE_PAGE = `<% if (it.refused) { %><div id="refused" class="trouble" role="alert" tabindex="-1" autofocus>
<h2><%= it.refused.title %></h2>
<p><%= it.refused.text %></p>
</div>
<% } %><div class="<% if (it.ticket) { %>columns<% } else { %>alone<% } %>">
<div id="notice" class="notice <%= it.tone %>"<% if (it.status) { %> data-status="<%= it.status %>"<% } %>>
<h1><%= it.notice.title %></h1>
<p><%= it.notice.text %></p>
<% for (const { id, href, text } of it.links) { %><p><a id="<%= id %>" class="button" href="<%= href %>"><%= text %></a></p>
<% } %><% if (it.leave) { %><form id="leave" method="post" action="<%= it.leave.actionUrl %>">
<input type="hidden" name="attempt" value="<%= it.leave.attempt %>">
<button id="leave-now" name="leave" value="1"><%= it.words.leave.button %></button>
</form>
<% } %><% if (it.closing) { %><p><%= it.closing %></p>
<% } %></div>
<%~ it.ticket %>
</div>`;
