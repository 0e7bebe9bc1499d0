// Esc leads from a view without controls back to the panels.
import { useEffect } from 'preact/hooks';
import { panelHash } from '../route.ts';

export function useEscape(): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') location.hash = panelHash('now');
    };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, []);
}
