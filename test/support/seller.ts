// A seller for tests: the few calls most stories need.

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the test that asks
  readonly body: any;
}

export async function ask(url: string, init: RequestInit & { json?: unknown } = {}): Promise<Asked> {
  const { json, headers, ...rest } = init;
  const body = json === undefined ? undefined : JSON.stringify(json);
  const response = await fetch(url, {
    ...rest,
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
}

/** Reserves the best seat of the first session on sale. */
export async function reserveOne(url: string, headers: Record<string, string> = {}): Promise<Asked> {
  const { body } = await ask(`${url}/v1/sessions?status=on_sale&limit=1`);
  return ask(`${url}/v1/sessions/${body.data[0].id}/reservations`, {
    method: 'POST',
    headers,
    json: { bestAvailable: { count: 1 }, customerRef: 'c-1' },
  });
}
