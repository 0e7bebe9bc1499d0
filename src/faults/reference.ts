// The registry as people read it: each kind's own words as a Markdown table, and its parameters in short.
import { z } from 'zod';
import type { Fault } from './fault.ts';

export interface ParameterWords {
  readonly name: string;
  /** A kind can be armed bare, so this says what it does then; undefined when the parameter is simply unset. */
  readonly default: unknown;
  /** What it is when the kind is armed without any parameter, where only then it has a value. */
  readonly bare: unknown;
  readonly says: string;
}

/** JSON Schema of a kind's parameters, as they are written in a profile. */
export function parametersSchema({ params }: Pick<Fault, 'params'>): Schema {
  return z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
}

/** A kind's parameters with their default and description. */
export function parametersOf(fault: Fault): ParameterWords[] {
  return Object.entries(parametersSchema(fault).properties ?? {}).map(([name, schema]) => {
    const { default: fallback, bare, description = '' } = schema as Schema;
    return { name, default: fallback, bare, says: [description, allowed(schema as Schema)].filter(Boolean).join('; ') };
  });
}

type Schema = z.core.JSONSchema.JSONSchema;

/** What values a parameter takes, as far as its schema says so in a word. */
function allowed({ enum: choices, anyOf = [], minimum, maximum }: Schema): string {
  const values = choices ?? anyOf.map((one) => (one as Schema).const).filter((value) => value !== undefined);
  if (values.length > 0) return `one of ${values.join(', ')}`;
  if (minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return '';
  return `${minimum} to ${maximum}`;
}

/** Marks kinds whose signature only holds for clients on a direct connection. */
export const DIRECT_ONLY_MARK = '†';

/** One row a kind: what a seller sees, parameters, and the signature on the wire. */
export function kindsMarkdown(faults: readonly Fault[]): string {
  const rows = faults.map((fault) => {
    const parameters = parametersOf(fault).map(({ name, default: fallback, bare }) => {
      if (bare !== undefined) return `\`${name}\` = ${JSON.stringify(bare)} when bare`;
      return fallback === undefined ? `\`${name}\`` : `\`${name}\` = ${JSON.stringify(fallback)}`;
    });
    const mark = fault.directOnly ? ` ${DIRECT_ONLY_MARK}` : '';
    return [`\`${fault.name}\`${mark}`, fault.summary, parameters.join(', ') || 'none', fault.signature.says];
  });
  return markdownTable(['kind', 'what a seller sees', 'parameters', 'on the wire'], rows);
}

/** A Markdown table; bars and line breaks in cells are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
