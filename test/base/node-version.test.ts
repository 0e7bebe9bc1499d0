// Which Node is too old, number by number and not letter by letter.
import { expect, test } from 'vitest';
import { complaintAbout, LEAST_NODE } from '../../src/base/node-version.ts';

test.each(['22.12.0', '22.12.1', '22.13.0', '22.100.0', '23.0.0', '24.21.0', '100.0.0', process.versions.node])(
  '%s will do',
  (version) => expect(complaintAbout(version)).toBeUndefined(),
);

test.each(['22.11.99', '22.2.0', '22.9.13', '20.20.2', '9.99.99', '0.12.18'])(
  '%s is too old, and is named',
  (version) =>
    expect(complaintAbout(version)).toBe(`Showstopper needs Node ${LEAST_NODE} or newer; this is ${version}.`),
);
