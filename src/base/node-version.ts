// Which Node this needs, and a sentence for one that is older: in a syntax that old ones read, and without an import.

/** As `engines` of package.json says. */
export const LEAST_NODE = '22.12.0';

/** What is wrong with a Node of this version; undefined: nothing. */
export function complaintAbout(version: string): string | undefined {
  return isOlder(version, LEAST_NODE)
    ? `Showstopper needs Node ${LEAST_NODE} or newer; this is ${version}.`
    : undefined;
}

function isOlder(version: string, least: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number.parseFloat);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = least.split('.').map(Number.parseFloat);
  if (major !== leastMajor) return major < leastMajor;
  return minor === leastMinor ? patch < leastPatch : minor < leastMinor;
}
