// showstopper serve: the server itself, until it is told to stop.
import { type Command, Option } from 'commander';
import { sleep, systemClock } from '../../base/clock.ts';
import { readConfig, settings } from '../../config.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { EXIT, Failure } from '../exit-status.ts';

/** A stop that takes longer is cut short. */
const STOP_WITHIN_MS = 1500;
/** By `ticks`; so the ready line tells the whole time to start. */
const PROCESS_START = 0;

export function serve(command: Command): void {
  command.addHelpText(
    'after',
    '\nEach is also a variable: --admin-port is SHOWSTOPPER_ADMIN_PORT. Tokens and keys are variables only.',
  );
  for (const { flag, placeholder, help, shownDefault } of settings) {
    if (flag === undefined) continue;
    const usage = placeholder === undefined ? flag : `${flag} <${placeholder}>`;
    command.addOption(new Option(usage, `${help} (default: ${shownDefault})`));
  }
  command.action(async (flags: Readonly<Record<string, unknown>>) => {
    const stopped = stopSignal(); // listened for before the ready line, since whoever reads it may stop us at once
    const server = await start(flags);
    await stopped;
    await Promise.race([server.stop(), sleep(systemClock, STOP_WITHIN_MS)]);
    process.exit(EXIT.fine);
  });
}

/** What a person can put right ends with its message; anything else is our own mistake, and is shown whole. */
async function start(flags: Readonly<Record<string, unknown>>): Promise<RunningServer> {
  try {
    return await startServer(readConfig(flags), { sinceTicks: PROCESS_START });
  } catch (error) {
    if (error instanceof Error && isExpected(error)) throw new Failure(EXIT.badInput, error.message);
    throw error;
  }
}

const EXPECTED = new Set(['ConfigError', 'BadProfiles', 'BadScenarios', 'BadFaultsFolder', 'StartError']);

const isExpected = ({ name }: Error): boolean => EXPECTED.has(name);

/** The first signal resolves; the second finds no listener any more, and so ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      resolve();
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  });
}
