// The JSON of sessions, kept piece by piece until a session's version changes, so that a list is a join.
import type { BoxOffice } from '../../box-office/box-office.ts';
import type { Session } from '../../box-office/season/session.ts';
import { presentSession } from './present.ts';

interface Fragment {
  version: number;
  json: string;
}

/** As many fragments as a season has sessions, for each box office; gone with the box office. */
export class SessionFragments {
  readonly #byBoxOffice = new WeakMap<BoxOffice, Map<string, Fragment>>();

  /** JSON of these sessions in their order, joined by commas. */
  join(boxOffice: BoxOffice, sessions: readonly Session[]): string {
    const fragments = this.#fragmentsOf(boxOffice);
    let text = '';
    for (const session of sessions)
      text += text === '' ? fragmentOf(fragments, session) : `,${fragmentOf(fragments, session)}`;
    return text;
  }

  #fragmentsOf(boxOffice: BoxOffice): Map<string, Fragment> {
    let fragments = this.#byBoxOffice.get(boxOffice);
    if (!fragments) {
      fragments = new Map();
      this.#byBoxOffice.set(boxOffice, fragments);
    }
    return fragments;
  }
}

function fragmentOf(fragments: Map<string, Fragment>, session: Session): string {
  const kept = fragments.get(session.plan.id);
  if (kept?.version === session.version) return kept.json;
  const json = JSON.stringify(presentSession(session));
  if (kept) {
    kept.version = session.version;
    kept.json = json;
  } else fragments.set(session.plan.id, { version: session.version, json });
  return json;
}
