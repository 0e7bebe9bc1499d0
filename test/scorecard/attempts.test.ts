// Entries as attempts: what makes two requests the same, where their URL does not say which order they ask for.
import { expect, test } from 'vitest';
import { newAbout } from '../../src/journal/about.ts';
import { Attempts } from '../../src/scorecard/attempts.ts';
import { exchangeEntry } from '../support/entries.ts';

const REDACTED = '/v1/orders?externalRef=[redacted]';

const fingerprintOf = (externalRef: string | null, url = REDACTED): string =>
  new Attempts(0).of(exchangeEntry({ operation: 'findOrders', url, about: { ...newAbout(), externalRef } }))
    .fingerprint;

test('searches for two references are two, and twice for one reference is one', () => {
  expect(fingerprintOf('one')).toBe(fingerprintOf('one'));
  expect(fingerprintOf('one')).not.toBe(fingerprintOf('another'));
  expect(fingerprintOf('one')).not.toBe(fingerprintOf('one', `${REDACTED}&limit=1`));
  expect(fingerprintOf(null)).toBe(`GET ${REDACTED}`);
});
