// What must not get lost in a long output of tests: what failed, and what passed only at the second try.
import { appendFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

type Errors = readonly { readonly message: string }[];

/** Prints at the end of a run which tests passed at the second try; that and every failure are also appended to `file`, a line each. */
export function runRemarks(file?: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const late = tests.filter((test) => test.diagnostic()?.flaky).map((test) => `${nameOf(test)}\n`);
      const remarks = late.map((name) => `passed at the second try: ${name}`).join('');
      process.stdout.write(remarks);
      if (file) appendFileSync(file, [...failuresIn(modules, tests, unhandled)].join('') + remarks);
    },
  };
}

function* failuresIn(modules: readonly TestModule[], tests: readonly TestCase[], unhandled: Errors): Generator<string> {
  const failed = (name: string, errors: Errors = []): string => `failed: ${name}: ${firstLine(errors)}\n`;
  for (const test of tests) {
    const { state, errors } = test.result();
    if (state === 'failed') yield failed(nameOf(test), errors);
  }
  for (const module of modules) {
    if (['pending', 'queued'].includes(module.state())) yield `failed: ${module.relativeModuleId}: did not end\n`;
    for (const suite of [module, ...module.children.allSuites()])
      for (const error of suite.errors()) yield failed(`${module.relativeModuleId}, outside of its tests`, [error]);
  }
  for (const error of unhandled) yield failed('outside of all tests', [error]);
}

const nameOf = ({ module, fullName }: TestCase): string => `${module.relativeModuleId} > ${fullName}`;

const firstLine = ([error]: Errors): string =>
  stripVTControlCharacters(error?.message ?? 'without a message')
    .trim()
    .split('\n', 1)
    .join();
