// The table of commands; each is loaded only when it is called, so that `serve` starts as fast as it can.
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../base/package.ts';
import { EXIT, EXIT_WORDS, Failure } from './exit-status.ts';
import { printError, surviveClosedOutput } from './terminal.ts';

/** Adds arguments, options and action to a command of the table. */
export type Configure = (command: Command) => void;

/** A command of the table. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Configure>;
}

export const COMMANDS: readonly Entry[] = [
  {
    name: 'serve',
    summary: 'starts the upstream and its admin listener',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'kinds',
    summary: 'every kind of fault there is, or one in full',
    load: async () => (await import('./commands/kinds.ts')).kinds,
  },
  {
    name: 'check',
    summary: 'reads profiles and scenarios without a server and names each mistake',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'profiles',
    summary: 'the profiles that can be put in force',
    load: async () => (await import('./commands/profiles.ts')).profiles,
  },
  {
    name: 'on',
    summary: 'puts a profile in force',
    load: async () => (await import('./commands/on.ts')).on,
  },
  {
    name: 'off',
    summary: 'ends a profile, wherever it is in force',
    load: async () => (await import('./commands/off.ts')).off,
  },
  {
    name: 'scenarios',
    summary: 'the scenarios that can be played',
    load: async () => (await import('./commands/scenarios.ts')).scenarios,
  },
  {
    name: 'play',
    summary: 'plays a scenario, and tells it while it runs',
    load: async () => (await import('./commands/play.ts')).play,
  },
  {
    name: 'pause',
    summary: 'stops the story clock of a playback; what is in force stays',
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  {
    name: 'resume',
    summary: 'lets a paused playback go on',
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'seek',
    summary: 'moves a playback to a story time',
    load: async () => (await import('./commands/seek.ts')).seek,
  },
  {
    name: 'stop',
    summary: 'ends a playback, and undoes what its cues changed',
    load: async () => (await import('./commands/stop.ts')).stop,
  },
  {
    name: 'status',
    summary: 'how a world stands: clocks, playback, faults, requests, seats, rehearsal, troubles',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'watch',
    summary: 'a world on one screen, live: clocks, faults, rates, clients, events, rehearsal',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  {
    name: 'rules',
    summary: 'the rules in force, and how often they acted',
    load: async () => (await import('./commands/rules.ts')).rules,
  },
  {
    name: 'heal',
    summary: 'all clear: ends every rule and lets held requests go',
    load: async () => (await import('./commands/heal.ts')).heal,
  },
  {
    name: 'reset',
    summary: 'heals, then opens a fresh box office and an empty journal',
    load: async () => (await import('./commands/reset.ts')).reset,
  },
  {
    name: 'verify',
    summary: 'asks the journal whether something happened, so many times',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'journal',
    summary: 'what came and how it ended, the newest last, or as it happens',
    load: async () => (await import('./commands/journal.ts')).journal,
  },
  {
    name: 'scorecard',
    summary: 'how each client behaved so far: verdicts, figures, and what to change',
    load: async () => (await import('./commands/scorecard.ts')).scorecard,
  },
  {
    name: 'rehearse',
    summary: 'plays a rehearsal to its end beside your software, and reports',
    load: async () => (await import('./commands/rehearse.ts')).rehearse,
  },
  {
    name: 'report',
    summary: 'what came of a rehearsal: verdicts, figures, and what to fix first',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'doctor',
    summary: 'arms every kind and looks on the wire whether it is what it says',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];

/** Runs one command line and gives its exit status. */
export async function runProgram(args: readonly string[]): Promise<number> {
  surviveClosedOutput();
  try {
    const program = await createProgram(args);
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.fine;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.badInput;
    if (!(error instanceof Failure)) throw error;
    printError(error.message);
    return error.status;
  }
}

async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('showstopper')
    .description('A ticketing upstream that fails on cue.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('(showstopper --help says more)')
    .addHelpText('after', `\nExit status: ${exitStatusWords()}.`);
  const called = args[0] === 'help' ? args[1] : args[0];
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary);
    if (name === called) (await load())(command);
  }
  return program;
}

const exitStatusWords = (): string =>
  Object.entries(EXIT_WORDS)
    .map(([status, words]) => `${status} ${words}`)
    .join(', ');
