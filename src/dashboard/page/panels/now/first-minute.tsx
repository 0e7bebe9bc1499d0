// The first minute: how to point a client here, and its first request the moment it comes.
import { useEffect, useState } from 'preact/hooks';
import type { Sample } from '../../../../admin/contract/summary.ts';
import { timeOfDay } from '../../format.ts';
import { latest, samples } from '../../live/kept.ts';
import { baseUrlOf } from '../../parts/base-url.ts';
import { worldName } from '../../route.ts';
import { server } from '../../session.ts';
import { WORDS } from '../../words/now.ts';

export function FirstMinute() {
  const [wasEmpty, setWasEmpty] = useState(false);
  const arrived = latest.value?.totals.arrived ?? 0;
  useEffect(() => {
    if (arrived === 0) setWasEmpty(true);
  }, [arrived]);
  if (arrived === 0) return <PointHere />;
  return wasEmpty ? <FirstRequest /> : null;
}

function PointHere() {
  const url = useBaseUrl();
  return (
    <section class="card first" aria-labelledby="first-title">
      <h2 id="first-title">{WORDS.first.title}</h2>
      {url !== null && (
        <>
          <p>{WORDS.first.point}</p>
          <Copied text={url} />
          <p>{WORDS.first.try}</p>
          <Copied text={`curl -H 'X-Api-Key: my-shop' ${url}/v1/sessions`} />
        </>
      )}
      <p class="muted">
        {WORDS.first.waiting} {WORDS.first.dockerHint}
      </p>
    </section>
  );
}

function FirstRequest() {
  const [first, keep] = useState<Sample | null>(null);
  const oldest = samples.value.at(-1);
  useEffect(() => {
    if (first === null && oldest) keep(oldest);
  }, [first, oldest]);
  if (!first) return null;
  return (
    <section class="card first ok" role="status">
      <p>
        {WORDS.first.came} <time>{timeOfDay(first.at)}</time> <strong>{first.client}</strong> {first.operation}{' '}
        <span class="number">{first.status ?? first.ended}</span>
      </p>
    </section>
  );
}

function Copied({ text }: { readonly text: string }) {
  const [isDone, done] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(text).then(() => done(true));
  };
  return (
    <p class="copied">
      <code>{text}</code>
      <button type="button" onClick={copy}>
        {isDone ? WORDS.first.copied : WORDS.first.copy}
      </button>
    </p>
  );
}

/** Of this world: of its own door, or through the door of the default one. Null until it is known. */
function useBaseUrl(): string | null {
  const [url, setUrl] = useState<string | null>(null);
  const name = worldName.value;
  useEffect(() => {
    let isLeft = false;
    server.value
      .worlds()
      .then((worlds) => {
        if (!isLeft) setUrl(baseUrlOf(name, worlds));
      })
      .catch(() => setUrl(null));
    return () => {
      isLeft = true;
    };
  }, [name]);
  return url;
}
