// Prometheus itself reads the alerts, and fires them on the series of alerts.yaml beside this file, and on no others.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { isMissing } from '../support/missing.ts';
import { promtool, promtoolVersion } from '../support/promtool.ts';
import { ROOT } from '../support/shipped.ts';

const RULES = join(ROOT, 'deploy/grafana/alerts.yaml');
const SERIES = join(ROOT, 'test/deploy/alerts.yaml');

const isSkipped = isMissing(
  'the alerts of deploy/grafana need promtool, of the Debian package prometheus; .ci/run has how to get it alone',
  promtoolVersion() !== undefined,
);

describe.skipIf(isSkipped)('promtool', () => {
  test('reads every alert', async () => {
    const { status, output } = await promtool('check', 'rules', RULES);
    expect([status, output]).toEqual([0, expect.stringMatching(/SUCCESS: [1-9]\d* rules found/)]);
  });

  test('sees each fire when it should, and stay silent when it should', async () => {
    const { status, output } = await promtool('test', 'rules', SERIES);
    expect([status, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });

  test('reads the configuration for Prometheus, with the alerts beside it', async () => {
    const { status, output } = await promtool('check', 'config', join(ROOT, 'deploy/grafana/prometheus.yml'));
    expect([status, output]).toEqual([0, expect.stringMatching(/1 rule files? found[\s\S]*[1-9]\d* rules found/)]);
  });

  test('is told when to expect each alert, and when not', () => {
    const names = (parse(readFileSync(RULES, 'utf8')) as RulesFile).groups.flatMap(({ rules }) => rules);
    const { tests } = parse(readFileSync(SERIES, 'utf8')) as TestsFile;
    const expected = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    for (const { alert } of names) {
      const ofIt = expected.filter(({ alertname }) => alertname === alert);
      expect([alert, ofIt.some(({ exp_alerts = [] }) => exp_alerts.length > 0)]).toEqual([alert, true]);
      expect([alert, ofIt.some(({ exp_alerts = [] }) => exp_alerts.length === 0)]).toEqual([alert, true]);
    }
  });

  test('does not take an alert that never fires for one that does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'showstopper-promtool-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const deaf = readFileSync(RULES, 'utf8').replace('showstopper_door_troubles > 0', 'showstopper_door_troubles > 9');
    writeFileSync(join(folder, 'deaf.yaml'), deaf);
    writeFileSync(
      join(folder, 'series.yaml'),
      readFileSync(SERIES, 'utf8').replace(/rule_files:.*/, 'rule_files: [deaf.yaml]'),
    );
    const { status, output } = await promtool('test', 'rules', join(folder, 'series.yaml'));
    expect([status, output]).toEqual([1, expect.stringContaining('ShowstopperDoorTrouble')]);
  });
});

interface RulesFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}
interface TestsFile {
  readonly tests: readonly {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[];
  }[];
}
