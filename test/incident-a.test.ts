// Incident A up to 14:58, lived with a real nginx: the upstream never answers, and the seller's own pages die of it.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../src/server.ts';
import { haproxyVersion, startHaproxy } from './support/haproxy.ts';
import { isMissing } from './support/missing.ts';
import { type Limits, type Nginx, nginxVersion, startNginx, until } from './support/nginx.ts';
import { startInProcess } from './support/run-server.ts';
import { type Crowd, crowdAt, type Look, look, looksDuring } from './support/site-crowd.ts';

/** Of one story, on a slow machine. */
const STORY_MS = 120_000;
/** As many visitors as may wait at once, far above what nginx can hold here. */
const MOST = 200;
/** Out of 64 connections: two for every call that is passed on, less the listener and the line to the master. */
const FEW_CONNECTIONS: Limits = { workerConnections: 64, openFiles: 256, readTimeout: '60s' };
const FEW_FILES: Limits = { workerConnections: 512, openFiles: 64, readTimeout: '60s' };
const CALLS_AT_ONCE = 31;
/** Visitors a second. */
const HIGH_RATE = 25;

const isSkipped = isMissing(
  'incident A needs nginx and HAProxy, on Linux: apt-get install -y nginx-light haproxy',
  nginxVersion() !== undefined && haproxyVersion() !== undefined,
);

const refused = (seen: Look): boolean => seen !== 200;
const share = (looks: readonly Look[]): number => looks.filter(refused).length / looks.length;
const tell = (figures: string): void => void process.stdout.write(`incident A: ${figures}\n`);

describe.skipIf(isSkipped)('behind nginx, in front of an upstream', () => {
  let upstream: RunningServer;
  let nginx: Nginx;
  let crowd: Crowd | undefined;
  const about = (): string => `${nginx.url}/about`;
  const sessions = (): string => `${nginx.url}/upstream/v1/sessions`;
  const admin = (path: string): Promise<Response> => fetch(`${upstream.admin}/v1/${path}`, { method: 'POST' });
  const come = (perSecond: number): Crowd => {
    crowd = crowdAt(sessions(), { perSecond, most: MOST });
    return crowd;
  };

  /** A crowd comes until the page about the seller is refused again and again; gives when that began, in ms, and how it looks. */
  async function pageDies(): Promise<{ afterMs: number; looks: Look[]; sockets: number }> {
    const since = performance.now();
    come(10);
    await until('the page is refused', async () => refused(await look(about())));
    const afterMs = Math.round(performance.now() - since);
    const looks = await looksDuring(about(), 2500);
    return { afterMs, looks, sockets: nginx.sockets() };
  }

  /** All clear, while the crowd keeps coming; gives ms until each page answered. */
  async function allIsWell(): Promise<string> {
    const since = performance.now();
    expect((await admin('heal')).status).toBe(200);
    await until('the page is back', async () => (await look(about())) === 200);
    const aboutMs = Math.round(performance.now() - since);
    await until('the upstream is back', async () => (await look(sessions())) === 200);
    const upstreamMs = Math.round(performance.now() - since);
    expect(share(await looksDuring(about(), 500))).toBe(0);
    return `after all clear the page came back in ${aboutMs} ms, the upstream in ${upstreamMs} ms`;
  }

  beforeAll(async () => {
    upstream = await startInProcess();
  });
  afterEach(async () => {
    crowd?.leave();
    await admin('heal');
    await nginx?.stop();
  });
  afterAll(() => upstream.stop());

  test.each([
    { profile: 'upstream-hang', limits: FEW_CONNECTIONS, words: '64 worker_connections are not enough' },
    { profile: 'sockets-exhausted', limits: FEW_FILES, words: 'Too many open files' },
  ])(
    '$profile lets nginx refuse a page that has nothing to do with the upstream, until all clear',
    async (story) => {
      const { profile, limits, words } = story;
      nginx = await startNginx(upstream.upstream, limits);
      expect([await look(about()), await look(sessions())]).toEqual([200, 200]);

      expect((await admin(`profiles/${profile}/activate`)).status).toBe(200);
      const { afterMs, looks, sockets } = await pageDies();
      expect(nginx.complaints()).toContain(words);
      expect(share(looks)).toBeGreaterThan(0.7); // one gets through where two files are given back at that moment
      expect(sockets).toBeGreaterThan(50);

      const healed = await allIsWell();
      const how = [...new Set(looks.filter(refused))].join(', ');
      tell(
        `${profile}: page refused after ${afterMs} ms at 10/s (${how}; ${Math.round(share(looks) * 100)} % from then on), nginx held ${sockets} sockets; ${healed}`,
      );
    },
    STORY_MS,
  );

  test(
    'a time-out of 3 s saves the page at a low rate, and no more at a high one',
    async () => {
      const timeoutS = 3;
      const [low, high] = [4, HIGH_RATE];
      expect(low * timeoutS).toBeLessThan(CALLS_AT_ONCE); // N = λT fits
      expect(high * timeoutS).toBeGreaterThan(2 * CALLS_AT_ONCE);
      nginx = await startNginx(upstream.upstream, FEW_CONNECTIONS);
      await nginx.reload({ ...FEW_CONNECTIONS, readTimeout: `${timeoutS}s` });
      await admin('profiles/upstream-hang/activate');

      const slow = come(low);
      await until('the first calls time out', () => (slow.ends['504'] ?? 0) > 0);
      expect(share(await looksDuring(about(), 3500))).toBe(0);
      const heldLow = nginx.sockets();
      expect(slow.waiting).toBeGreaterThanOrEqual((low * timeoutS) / 2);
      expect(slow.waiting).toBeLessThanOrEqual(2 * low * timeoutS);
      slow.leave();

      const fast = come(high);
      await until('the page is refused', async () => refused(await look(about())));
      const looks = await looksDuring(about(), 5000);
      const lost = share(looks);
      expect(lost).toBeGreaterThan(0.3);
      tell(
        `with proxy_read_timeout ${timeoutS} s: at ${low}/s nginx held ${heldLow} sockets and refused the page never, at ${high}/s ${nginx.sockets()} sockets and ${Math.round(lost * 100)} % of ${looks.length} looks; calls ended ${JSON.stringify(fast.ends)}`,
      );
    },
    STORY_MS,
  );

  test(
    'a bulkhead of ten calls saves the page at the high rate too, while nobody can buy',
    async () => {
      const bulkhead = await startHaproxy(upstream.upstream, { maxconn: 10, queueMs: 300 });
      try {
        nginx = await startNginx(bulkhead.url, { ...FEW_CONNECTIONS, readTimeout: '3s' });
        await admin('profiles/upstream-hang/activate');
        const fast = come(HIGH_RATE);
        await until('calls are turned away by the bulkhead', () => (fast.ends['503'] ?? 0) > 0);
        expect(share(await looksDuring(about(), 5000))).toBe(0);
        expect(fast.ends).not.toHaveProperty('200');
        tell(
          `with ten calls at once: at ${HIGH_RATE}/s nginx held ${nginx.sockets()} sockets and refused the page never`,
        );
        tell(await allIsWell());
      } finally {
        await bulkhead.stop();
      }
    },
    STORY_MS,
  );
});
