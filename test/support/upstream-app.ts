// A small http server around the upstream's Koa app, which builds a Call as the exchange does, without faults.
import { createServer, type Server } from 'node:http';
import type { BoxOffice } from '../../src/box-office/box-office.ts';
import type { IdempotencyKeys } from '../../src/box-office/idempotency.ts';
import { HONEST, type Terms } from '../../src/box-office/terms.ts';
import { createUpstreamApp } from '../../src/upstream/app.ts';
import { type Clients, createClients } from '../../src/upstream/clients.ts';
import { matchOperation } from '../../src/upstream/segments.ts';

export interface TestUpstream {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly clients?: Clients;
  readonly terms?: Terms;
  readonly failed?: (error: unknown, requestId: string) => void;
}

/** Not listening yet: supertest does that. Requests are numbered `r-1`, `r-2` … */
export function upstreamServer(upstream: TestUpstream): Server {
  const { boxOffice, keys, clients = createClients({ max: 100 }), terms = HONEST } = upstream;
  const app = createUpstreamApp(upstream.failed ? { failed: upstream.failed } : {});
  let requests = 0;
  return createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const [path = '', search = ''] = (req.url ?? '').split(/\?(.*)/s);
    const matched = matchOperation(req.method ?? '', path);
    const apiKey = req.headers['x-api-key'];
    const reply = await app.work(req, res, {
      operation: matched?.operation,
      params: matched?.params ?? {},
      path,
      search,
      ...clients.identify(req.headers.authorization, typeof apiKey === 'string' ? apiKey : undefined),
      requestId: `r-${++requests}`,
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      terms,
      boxOffice,
      keys,
    });
    res.writeHead(reply.status, reply.headers.flat());
    res.end(req.method === 'HEAD' ? undefined : reply.body);
  });
}
