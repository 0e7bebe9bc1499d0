// What some tests need of the machine: in CI all of it is there, and what is missing is a failure; elsewhere it is a loud skip.

/** Whether its tests are to be skipped; `missing` says what they need. Throws in CI. */
export function isMissing(missing: string, isThere: boolean): boolean {
  if (isThere) return false;
  if (process.env.CI) throw new Error(missing);
  process.stderr.write(`SKIPPED: ${missing}\n`);
  return true;
}
