// The 3-D Secure page, where a rehearsal's issuer asks whether the payment is its customer's.
import type { PaymentView } from '../payment-view.ts';
import type { Words } from '../words/words.ts';

export interface ChallengeModel {
  readonly words: Words;
  readonly view: PaymentView;
  /** Trusted HTML. */
  readonly ticket: string;
  readonly timeLeft: string | undefined;
}

export const CHALLENGE = `<p class="issuer"><strong><%= it.words.challenge.issuer %></strong> <span><%= it.words.challenge.issuerIs %></span></p>
<h1><%= it.words.challenge.title %></h1>
<div class="columns">
<%~ it.ticket %>
<div class="ways">
<% if (it.timeLeft !== undefined) { %><p id="time-left" class="time-left"><%= it.words.timeLeft.label %>: <strong><%= it.timeLeft %></strong></p>
<% } %><form id="challenge" method="post" action="<%= it.view.actionUrl %>" autocomplete="off">
<p><%= it.words.challenge.text %></p>
<input type="hidden" name="attempt" value="<%= it.view.attempt %>">
<button id="approve" class="primary" name="answer" value="approve"><%= it.words.challenge.approve %></button>
<button id="refuse" name="answer" value="refuse"><%= it.words.challenge.refuse %></button>
<button id="abandon" class="quiet" name="answer" value="abandon" aria-describedby="abandon-hint"><%= it.words.challenge.abandon %></button>
<p id="abandon-hint" class="hint"><%= it.words.challenge.abandonHint %></p>
</form>
</div>
</div>`;
