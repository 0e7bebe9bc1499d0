// What is bought, as a ticket: film, place, time, seats and price.
import type { PaymentView } from '../payment-view.ts';
import type { Words } from '../words/words.ts';
import type { Moment, SeatRow } from '../written.ts';

export interface TicketModel {
  readonly words: Words;
  readonly view: PaymentView;
  readonly starts: Moment;
  readonly seats: readonly SeatRow[];
  /** Without the currency's code. */
  readonly amount: string;
}

export const TICKET = `<section class="ticket" aria-labelledby="film">
<div class="showing">
<h2 id="film"><bdi><%= it.view.film %></bdi></h2>
<dl>
<div><dt><%= it.words.order.starts %></dt><dd><time datetime="<%= it.starts.iso %>"><%= it.starts.text %></time>&nbsp;<bdi>UTC</bdi></dd></div>
<div><dt><%= it.words.order.venue %></dt><dd id="venue"><bdi><%= it.view.venue %></bdi></dd></div>
<div><dt><%= it.words.order.hall %></dt><dd id="hall"><bdi><%= it.view.hall %></bdi></dd></div>
<div><dt><%= it.words.order.seats %></dt><dd id="seats"><ul><% for (const { row, seats } of it.seats) { %><li><% if (row) { %><span class="row"><%= row %></span> <% } %><span class="figures"><% seats.forEach((seat, at) => { %><% if (at > 0) { %><%= it.words.order.listComma %><% } %><bdi><%= seat %></bdi><% }) %></span></li><% } %></ul></dd></div>
</dl>
</div>
<div class="price">
<dl>
<div class="total"><dt><%= it.words.order.total %></dt><dd id="amount"><bdi class="figures"><%= it.amount %></bdi> <bdi class="currency"><%= it.view.currency %></bdi></dd></div>
</dl>
<dl class="ids">
<div><dt><%= it.words.order.order %></dt><dd id="order"><bdi><%= it.view.orderId %></bdi></dd></div>
<div><dt><%= it.words.order.reference %></dt><dd id="reference"><bdi><%= it.view.reference %></bdi></dd></div>
<div><dt><%= it.words.order.payment %></dt><dd id="payment"><bdi><%= it.view.paymentId %></bdi></dd></div>
</dl>
</div>
</section>
`;
