// What a verification asks of bodies: refused where none are kept, and hashed as the journal has hashed what was sent.
import { Refusal } from '../base/refusal.ts';
import type { Caller } from '../director/actions.ts';
import type { World } from '../director/world-port.ts';
import type { JournalMatch } from '../journal/query.ts';
import { shownJson } from '../journal/sent-body.ts';
import type { AdminCode } from './statuses.ts';

type Body = NonNullable<JournalMatch['body']>;

/** A viewer may compare what is hashed, and not try out whose it is. */
export function askedBody({ name, journal, pseudonym }: World, body: Body, { who }: Caller): Body {
  if (who === 'viewer')
    throw new Refusal<AdminCode>(
      'forbidden',
      'match.body: a viewer cannot ask for it, since what is hashed could be guessed so; ask with the admin token',
    );
  if (!journal.keepsBodies)
    throw malformed(
      `the world ${name} keeps no bodies; make one that does: PUT /v1/worlds/{world} with {"journal":{"bodies":true}}`,
    );
  if (Object.keys(body).length === 0) throw malformed('is empty: every object would fit it; name a field');
  const shown = shownJson(body, pseudonym);
  if (shown === undefined) throw malformed('has more in it than a body that is kept; name fewer fields');
  return shown as Body;
}

function malformed(message: string): Refusal<AdminCode> {
  const path = 'match.body';
  return new Refusal<AdminCode>('malformed', `${path}: ${message}`, { errors: [{ path, message }] });
}
