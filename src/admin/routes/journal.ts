// What happened: asked, verified, and forgotten.
import { Refusal } from '../../base/refusal.ts';
import type { World } from '../../director/world-port.ts';
import { journalFilter } from '../../journal/query.ts';
import { type Verdict, verifyRequest } from '../../journal/verify.ts';
import { askedBody } from '../asked-body.ts';
import { clearedShape, journalPageShape, verifiedShape } from '../contract/contract.ts';
import type { AdminDeps } from '../deps.ts';
import { presentEntry } from '../present.ts';
import { questionOf } from '../questions.ts';
import { type AdminCall, defineRoute, ok, type Route } from '../route.ts';
import type { AdminCode } from '../statuses.ts';

export function journalRoutes({ director }: AdminDeps): Route[] {
  const about = (world: World) => ({
    known: director.knownIn(world),
    rulesSeen: director.rulesSeen(world),
    now: world.clock.now(),
  });
  return [
    defineRoute({
      name: 'queryJournal',
      method: 'GET',
      path: '/v1/journal',
      summary: 'Exchanges and connections that rules struck, newest first; they are here from their arrival on.',
      access: 'read',
      query: journalFilter,
      answers: { 200: { summary: 'One page.', shape: journalPageShape } },
      async handle({ world, query }) {
        const { match, shownAs } = questionOf({ ...about(world), match: query, at: '' });
        const { data, nextCursor } = await world.journal.search(match);
        return ok({ data: data.map(presentEntry), nextCursor, ...named(shownAs) });
      },
    }),
    defineRoute({
      name: 'clearJournal',
      method: 'DELETE',
      path: '/v1/journal',
      summary: 'Forgets all exchanges, and that any were evicted.',
      access: 'write',
      answers: { 200: { summary: 'How many went.', shape: clearedShape } },
      handle: ({ world, caller }) => ok({ cleared: director.clearJournal(world, caller) }),
    }),
    defineRoute({
      name: 'verifyJournal',
      method: 'POST',
      path: '/v1/journal/verify',
      summary: 'Whether so many exchanges match; waits for it up to `within`, and names those that may still match.',
      access: 'read',
      body: verifyRequest,
      answers: { 200: { summary: 'It is so.', shape: verifiedShape } },
      refusals: ['verification_failed', 'evidence_evicted', 'too_many_concurrent', 'world_deleted'],
      async handle({ world, body, caller, ctx }) {
        const { body: asked } = body.match;
        const { match, shownAs } = questionOf({
          ...about(world),
          match: asked ? { ...body.match, body: askedBody(world, asked, caller) } : body.match,
          withinMs: body.within,
          at: 'match.',
        });
        const verdict = await world.journal.verify({ ...body, match }, whenGone(ctx));
        return ok({ ...orRefuse(verdict, shownAs), ...named(shownAs) });
      },
    }),
  ];
}

function orRefuse(verdict: Verdict, shownAs: readonly string[]): Verdict & { readonly ok: true } {
  if (verdict.ok) return verdict;
  const { ok: _, code, detail, ...facts } = verdict;
  const nearest =
    'nearest' in facts ? facts.nearest.map(({ entry, missed }) => ({ entry: presentEntry(entry), missed })) : undefined;
  throw new Refusal<AdminCode>(code, detail, { ...facts, ...named(shownAs), ...(nearest && { nearest }) });
}

/** Only where a client was named by its key. */
const named = (shownAs: readonly string[]): { shownAs?: readonly string[] } => (shownAs.length > 0 ? { shownAs } : {});

/** Aborted when the client no longer waits for the answer. */
function whenGone(ctx: AdminCall['ctx']): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => gone.abort());
  return gone.signal;
}
