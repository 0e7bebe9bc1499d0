// The payment page: what is bought, a card form, the test cards as buttons, and the way back to the shop.
import type { PaymentView } from '../payment-view.ts';
import type { CardBehaviour } from '../test-cards.ts';
import type { Notice, Words } from '../words/words.ts';

export interface CardFormModel {
  readonly words: Words;
  readonly view: PaymentView;
  /** Trusted HTML. */
  readonly ticket: string;
  /** With the currency's code. */
  readonly price: string;
  readonly timeLeft: string | undefined;
  readonly trouble: Notice | undefined;
  readonly triesLeft: string;
  readonly cards: readonly TestCardModel[];
}

export interface TestCardModel {
  readonly name: CardBehaviour;
  readonly number: string;
  readonly does: string;
}

const field = (name: string, more: string): string => `<div class="field">
<label for="${name}"><%= it.words.form.${name} %></label>
<input id="${name}" name="${name}" type="text" autocomplete="off" aria-describedby="optional-hint" ${more}>
</div>`;

const ATTEMPT = '<input type="hidden" name="attempt" value="<%= it.view.attempt %>">';

export const CARD_FORM = `<% if (it.trouble) { %><div id="trouble" class="trouble" role="alert" tabindex="-1" autofocus data-trouble="<%= it.view.last %>">
<h2><%= it.trouble.title %></h2>
<p><%= it.trouble.text %> <span id="tries-left"><%= it.triesLeft %></span></p>
<p><a href="#number"><%= it.words.trouble.toField %></a></p>
</div>
<% } %><h1><%= it.words.form.title %></h1>
<div class="columns">
<%~ it.ticket %>
<div class="ways">
<% if (it.timeLeft !== undefined) { %><p id="time-left" class="time-left"><%= it.words.timeLeft.label %>: <strong><%= it.timeLeft %></strong></p>
<% } %><form id="pay" method="post" action="<%= it.view.actionUrl %>" autocomplete="off" novalidate>
<h2><%= it.words.form.card %></h2>
${ATTEMPT}
<div class="field">
<label for="number"><%= it.words.form.number %></label>
<p id="number-hint" class="hint"><%= it.words.form.numberHint %></p>
<% if (it.trouble) { %><p id="number-trouble" class="field-trouble"><%= it.trouble.title %></p>
<% } %><input id="number" name="number" type="text" inputmode="numeric" dir="ltr" maxlength="64" autocomplete="off" spellcheck="false" required aria-describedby="<% if (it.trouble) { %>number-trouble <% } %>number-hint"<% if (it.trouble) { %> aria-invalid="true"<% } %>>
</div>
<div class="pair">
${field('expiry', 'inputmode="numeric" dir="ltr" maxlength="16" placeholder="MM / YY"')}
${field('cvc', 'inputmode="numeric" dir="ltr" maxlength="8"')}
</div>
${field('name', 'dir="auto" maxlength="200" spellcheck="false"')}
<p id="optional-hint" class="hint"><%= it.words.form.optionalHint %></p>
<button id="pay-now" class="primary"><%= it.price %></button>
</form>
<form id="test-cards" method="post" action="<%= it.view.actionUrl %>" autocomplete="off" aria-labelledby="test-cards-title">
<h2 id="test-cards-title"><%= it.words.testCards.title %></h2>
<p class="hint"><%= it.words.testCards.text %></p>
${ATTEMPT}
<ul class="cards">
<% for (const { name, number, does } of it.cards) { %><li><button id="card-<%= name %>" name="card" value="<%= name %>"><span><%= does %></span> <bdi class="figures" dir="ltr"><%= number %></bdi></button></li>
<% } %></ul>
</form>
<% if (it.view.hasWayBack) { %><form id="leave" method="post" action="<%= it.view.actionUrl %>">
${ATTEMPT}
<button id="leave-now" name="leave" value="1" aria-describedby="leave-hint"><%= it.words.leave.button %></button>
<p id="leave-hint" class="hint"><%= it.words.leave.hint %></p>
</form>
<% } %></div>
</div>`;
