// However a command ends that has taken the whole screen, the terminal is given back first.
import type { FullScreen } from './full-screen.ts';

/** As a shell tells a command that Ctrl-C has ended. */
const INTERRUPTED = 130;
const TERMINATED = 143;

/** Until what is given back is called; `onInterrupt` unset: Ctrl-C ends the command. */
export function givingBack(screen: FullScreen, onInterrupt?: () => void): () => void {
  const exit = (): void => screen.close();
  const interrupt = (): void => (onInterrupt ? onInterrupt() : process.exit(INTERRUPTED));
  const terminate = (): void => process.exit(TERMINATED);
  const suspend = (): void => {
    screen.close();
    process.kill(process.pid, 'SIGSTOP');
  };
  const resume = (): void => {
    screen.open();
    screen.show();
  };
  const signals = [
    ['SIGINT', interrupt],
    ['SIGTERM', terminate],
    ['SIGHUP', terminate],
    ['SIGTSTP', suspend],
    ['SIGCONT', resume],
  ] as const;
  process.once('exit', exit);
  for (const [signal, then] of signals) process.on(signal, then);
  return () => {
    screen.close();
    process.off('exit', exit);
    for (const [signal, then] of signals) process.off(signal, then);
  };
}
