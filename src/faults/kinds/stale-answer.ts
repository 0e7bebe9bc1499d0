// stale-answer: what is read comes from a cache that is refreshed only now and then.
import { z } from 'zod';
import { BoundedMap, type MapBounds } from '../../base/bounded-map.ts';
import { duration } from '../../base/duration.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import type { Arrival } from '../../wire/arrival.ts';
import { defineFault } from '../fault.ts';
import { headerOf, withHeader } from '../rewriting.ts';
import { READS } from '../touches.ts';

/** Answers kept at most, over all sellers and URLs; the one used longest ago goes first. */
const KEPT: MapBounds = { maxEntries: 256, maxBytes: 8_388_608 };

interface CachedAnswer {
  readonly reply: Reply;
  readonly sinceTicks: number;
}

export const staleAnswer = defineFault({
  name: 'stale-answer',
  summary: 'What is read is out of date: a cache answers, refreshed only every so often.',
  teaches: 'A seat shown free may be gone and an order shown pending may be paid: what was read is only a hint.',
  signature: {
    says: 'A complete 200 to a GET that shows how things stood up to `age` ago, also to its own writer.',
    shows: { status: 200, ending: 'keep', answer: 'whole', work: true, repeats: true },
    trials: [
      { stimulus: 'reread' },
      {
        stimulus: 'reread-until-other',
        with: { age: '500ms' },
        shows: { repeats: undefined },
        figures: { turnsMs: 500 },
      },
    ],
  },
  at: ['answer'],
  touches: READS,
  params: z.strictObject({
    age: duration().prefault('30s').describe('an answer is kept so long, for each seller and URL'),
    notModified: z
      .boolean()
      .default(false)
      .describe('tell every If-None-Match that nothing has changed, whatever its tag'),
  }),
  example: { age: '1m', notModified: true },
  arm: ({ age, notModified }, { clock }) => {
    const kept = new BoundedMap<string, CachedAnswer>(KEPT);
    const recall = (reply: Reply, key: string): Reply => {
      const known = kept.get(key);
      kept.delete(key);
      const fresh = known === undefined || clock.ticks() - known.sinceTicks >= age;
      if (fresh && reply.status !== 200) return reply; // nothing to keep: a failure, or the client's copy is good
      const used = fresh ? { reply, sinceTicks: clock.ticks() } : known;
      kept.set(key, used, key.length + used.reply.body.length);
      return used.reply;
    };
    return {
      answer(reply, arrival) {
        const asked = arrival.header('if-none-match');
        if (notModified && asked !== undefined) return notModifiedReply(asked.split(',')[0] ?? asked, arrival);
        const old = recall(reply, `${arrival.client} ${arrival.url}`);
        if (old === reply) return reply;
        const tag = headerOf(old, 'ETag');
        if (tag !== undefined && asked?.includes(tag)) return notModifiedReply(tag, arrival);
        return withHeader(old, ['X-Request-Id', arrival.requestId]);
      },
    };
  },
});

function notModifiedReply(tag: string, { requestId }: Arrival): Reply {
  return {
    status: 304,
    headers: [
      ['ETag', tag.trim()],
      ['X-Request-Id', requestId],
    ],
    body: '',
  };
}
