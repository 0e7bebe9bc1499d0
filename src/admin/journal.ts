// What happened: asked, verified, and forgotten.
import { Refusal } from '../base/refusal.ts';
import { journalFilter } from '../journal/query.ts';
import { type Verdict, verifyRequest } from '../journal/verify.ts';
import { clearedShape, entryShape, pageOf, verifiedShape } from './contract.ts';
import type { AdminDeps } from './deps.ts';
import { presentEntry } from './present.ts';
import { type Call, defineRoute, ok, type Route } from './route.ts';
import type { AdminCode } from './statuses.ts';

export function journalRoutes({ director, world }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'queryJournal',
      method: 'GET',
      path: '/v1/journal',
      summary: 'Exchanges, newest first; they are here from their arrival on.',
      access: 'read',
      query: journalFilter,
      answers: { 200: { summary: 'One page.', shape: pageOf(entryShape) } },
      handle({ query }) {
        const { data, nextCursor } = world.journal.query(query);
        return ok({ data: data.map(presentEntry), nextCursor });
      },
    }),
    defineRoute({
      name: 'clearJournal',
      method: 'DELETE',
      path: '/v1/journal',
      summary: 'Forgets all exchanges, and that any were evicted.',
      access: 'write',
      answers: { 200: { summary: 'How many went.', shape: clearedShape } },
      handle: ({ caller }) => ok({ cleared: director.clearJournal(world, caller) }),
    }),
    defineRoute({
      name: 'verifyJournal',
      method: 'POST',
      path: '/v1/journal/verify',
      summary: 'Whether so many exchanges match; waits for it up to `within`.',
      access: 'read',
      body: verifyRequest,
      answers: { 200: { summary: 'It is so.', shape: verifiedShape } },
      refusals: ['verification_failed', 'evidence_evicted', 'too_many_concurrent'],
      async handle({ body, ctx }) {
        return ok(orRefuse(await world.journal.verify(body, whenGone(ctx))));
      },
    }),
  ];
}

function orRefuse(verdict: Verdict): { ok: true; count: number } {
  if (verdict.ok) return verdict;
  const { ok: _, code, detail, ...facts } = verdict;
  const nearest =
    'nearest' in facts ? facts.nearest.map(({ entry, missed }) => ({ entry: presentEntry(entry), missed })) : undefined;
  throw new Refusal<AdminCode>(code, detail, { ...facts, ...(nearest && { nearest }) });
}

/** Aborted when the client no longer waits for the answer. */
function whenGone(ctx: Call['ctx']): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => gone.abort());
  return gone.signal;
}
