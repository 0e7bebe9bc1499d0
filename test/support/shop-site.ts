// A shop's site whose every page is made of calls to the upstream: what these end in, its visitors see.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pages } from './browser.ts';

/** An answer that is no success, to be passed on as it is. */
class PassedOn extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, body: string) {
    super(body);
    this.status = status;
    this.type = type;
  }
}

interface Place {
  readonly upstream: string;
  /** The site's own address, for the way back. */
  readonly url: string;
}

/** The way of a buyer: `/`, `/session`, `/seats`, `/buy`, then the payment pages, and `/return`, which completes. */
export function shopSite(place: Place): Pages {
  let keys = 0;
  let customers = 0;
  const call = async <Answer>(path: string, json?: object): Promise<Answer> => {
    const sent = json && { method: 'POST', body: JSON.stringify(json) };
    const headers = { ...(json && { 'content-type': 'application/json', 'idempotency-key': `k-${++keys}` }) };
    const answer = await fetch(`${place.upstream}/v1${path}`, { ...sent, headers });
    const [type, body] = [answer.headers.get('content-type') ?? '', await answer.text()];
    if (!answer.ok || type.startsWith('text/html')) throw new PassedOn(answer.status, type, body);
    return JSON.parse(body);
  };

  const pages: Readonly<Record<string, (asked: URL, response: ServerResponse) => Promise<unknown>>> = {
    async '/'(_asked, response) {
      const { data } = await call<{ data: { id: string }[] }>('/sessions?status=on_sale&limit=1');
      show(response, `<a id="session" href="/session?id=${data[0]?.id}">Performance</a>`);
    },
    async '/session'(asked, response) {
      const { id } = await call<{ id: string }>(`/sessions/${asked.searchParams.get('id')}`);
      show(response, `<a id="seats" href="/seats?id=${id}">Seats</a>`);
    },
    async '/seats'(asked, response) {
      const id = asked.searchParams.get('id');
      await call(`/sessions/${id}/seat-map`);
      show(response, `<form method="post" action="/buy?id=${id}"><button id="buy">Buy</button></form>`);
    },
    async '/buy'(asked, response) {
      const customerRef = `visitor-${++customers}`;
      const seats = { bestAvailable: { count: 1 }, customerRef };
      const { id } = await call<{ id: string }>(`/sessions/${asked.searchParams.get('id')}/reservations`, seats);
      const { payment } = await call<{ payment: { redirectUrl: string } }>('/orders', {
        ...{ reservationId: id, externalRef: customerRef, customer: { name: 'Ada', phone: '0912' } },
        payment: { method: 'redirect', returnUrl: `${place.url}/return` },
      });
      response.writeHead(303, { Location: payment.redirectUrl }).end();
    },
    async '/return'(asked, response) {
      const order = asked.searchParams.get('order');
      const { status } = await call<{ status: string }>(`/orders/${order}/complete`, {});
      show(response, `<p id="purchase" data-order="${order}">${status}</p>`);
    },
  };
  return (asked, request, response) => {
    const page = pages[asked.pathname];
    response.shouldKeepAlive = false; // what is cut on a connection that was used before, a browser asks for again by itself
    if (page) page(asked, response).catch((error: unknown) => asItEnded(error, request, response));
    return page !== undefined;
  };
}

function show(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<title>Shop</title>${html}`);
}

/** A call that was cut cuts the visitor too. */
function asItEnded(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (error instanceof PassedOn) response.writeHead(error.status, { 'Content-Type': error.type }).end(error.message);
  else request.socket.destroy();
}
