// The heading of what was picked, which is gone to when it is picked, so that it is in sight and read out.
import { useEffect, useRef } from 'preact/hooks';

export function Heading({ name }: { readonly name: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [name]);
  return (
    <h2 ref={heading} tabIndex={-1}>
      {name}
    </h2>
  );
}
