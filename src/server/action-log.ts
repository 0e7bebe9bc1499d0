// What the log tells of actions: who switched what on and off, and what is played; of a hidden play only that it is one.
import type { Action } from '../director/actions.ts';
import type { Log } from '../telemetry/log.ts';

/** By whom cues are done. */
const BY_SCENARIO = 'scenario';

const WORDS: Readonly<Record<string, string>> = {
  activate: 'a profile is in force',
  deactivate: 'a profile was ended',
  'end-activation': 'an activation was ended',
  expire: 'what was in force has run out',
  'add-rule': 'a rule is in force',
  'delete-rule': 'a rule was ended',
  sever: 'connections were cut',
  heal: 'all clear',
  reset: 'a fresh start',
  'move-clock': 'the box-office clock was moved',
  'set-capacity': 'the capacity was set',
  'set-crowd': 'the crowd was set',
  'clear-journal': 'the journal was cleared',
  'put-profile': 'a profile was put on the shelf',
  'delete-profile': 'a profile was taken off the shelf',
  'reload-profiles': 'the profiles were read again',
  play: 'a scenario plays',
  'pause-play': 'the scenario is paused',
  'resume-play': 'the scenario goes on',
  'seek-play': 'the scenario was moved in',
  'stop-play': 'the scenario was stopped',
  note: 'a note of the scenario',
  'start-rehearsal': 'a rehearsal has begun',
  'abort-rehearsal': 'a rehearsal is aborted',
  'finish-rehearsal': 'a rehearsal was finished',
  'put-world': 'a world was declared',
  'delete-world': 'a world was deleted',
};

/** A listener for every action. `sealed`: whether a hidden scenario plays now in the world of that name. */
export function actionLog(log: Pick<Log, 'info'>, sealed: (world: string) => boolean): (action: Action) => void {
  return ({ world, verb, who, by, remote, body, result }) => {
    if (by === BY_SCENARIO && sealed(world)) return;
    log.info({ verb, world, who, by, remote, asked: body, result }, WORDS[verb] ?? verb);
  };
}
