// How long a piece of work keeps the processor, which a busy machine stretches less than the time on the wall.

const TRIES = 3;

/** Milliseconds of processor time that the work takes, the best of three. */
export function cpuMsOf(work: () => void): number {
  const tries = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...tries);
}
