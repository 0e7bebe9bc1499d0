// Something to say in the place of what could not be shown: empty, loading, or wrong.
import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly tone?: 'plain' | 'bad';
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

export function Notice({ title, text, tone = 'plain', busy = false, children }: NoticeProps) {
  return (
    <section class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'} aria-busy={busy}>
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </section>
  );
}
