// Something to say in the place of what could not be shown: empty, loading, or wrong.
import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly tone?: 'plain' | 'bad';
  readonly busy?: boolean;
  /** It is all there is on the page. */
  readonly alone?: boolean;
  readonly children?: ComponentChildren;
}

export function Notice({ title, text, tone = 'plain', busy = false, alone = false, children }: NoticeProps) {
  const Title = alone ? 'h1' : 'h2';
  const said = (
    <section class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'} aria-busy={busy}>
      <Title>{title}</Title>
      {text !== undefined && <p>{text}</p>}
      {children}
    </section>
  );
  return alone ? <main>{said}</main> : said;
}
