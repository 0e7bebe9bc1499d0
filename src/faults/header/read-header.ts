// Reads the faults that a request asks for in its header: rules for it alone, or everything wrong with them.
import { z } from 'zod';
import { type Mistake, mistakesOf, readPath } from '../../base/mistake.ts';
import { type CheckedRule, checkRule } from '../check.ts';
import type { Fault } from '../fault.ts';
import type { KnownNames } from '../known-names.ts';
import { actsOnRequestsAlone, actsOnWebhooks } from '../place-check.ts';
import { faultByName } from '../registry.ts';
import { ruleSchema } from '../rule.ts';
import { type FaultItem, placeOf, readItems } from './fault-items.ts';
import { isParameter, placeParameters, writtenPath } from './placed-parameters.ts';

/** Of what a rule may say besides its kind's parameters, all that a single request can be told. */
const OF_RULES = ['share'] as const;
const share = z.number().min(0).max(1);

type Read = { readonly rules: readonly CheckedRule[] } | { readonly mistakes: readonly Mistake[] };
type ReadItem = { readonly rule: CheckedRule } | { readonly mistakes: readonly Mistake[] };

/** Rules in the order of their items. */
export function readFaultHeader(text: string, known: KnownNames): Read {
  const read = readItems(text);
  if ('mistakes' in read) return read;
  const rules: CheckedRule[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, item] of read.items.entries()) {
    const one = readItem(item, known);
    if ('rule' in one) rules.push(one.rule);
    else for (const { path, message } of one.mistakes) mistakes.push({ path: placeOf(index, path), message });
  }
  return mistakes.length > 0 ? { mistakes } : { rules };
}

/** Paths of its mistakes are keys as they are written. */
function readItem({ kind, parameters }: FaultItem, known: KnownNames): ReadItem {
  const fault = faultByName.get(kind);
  const misplaced = fault && whyNoRequest(fault);
  if (misplaced !== undefined) return { mistakes: [{ path: '', message: misplaced }] };
  const { own, ofRule, mistakes } = fault ? apart(parameters, fault) : NOTHING;
  const placed = placeParameters(own, fault?.params ?? NO_PARAMS, OF_RULES);
  const wrong = [...placed.mistakes, ...mistakes];
  if (wrong.length > 0) return { mistakes: wrong };
  const checked = checkRule({ fault: kind, with: placed.params, ...ofRule }, known);
  return 'mistakes' in checked ? { mistakes: checked.mistakes.map(asWritten) } : { rule: checked };
}

/** Of an unknown kind, nothing more is said. */
const NOTHING: Apart = { own: new Map(), ofRule: {}, mistakes: [] };
const NO_PARAMS = z.strictObject({});

/** Why a kind cannot be asked for by one request, and what to do instead. */
function whyNoRequest(fault: Fault): string | undefined {
  if (actsOnRequestsAlone(fault)) return undefined;
  const where = actsOnWebhooks(fault)
    ? 'on webhooks, which no request carries'
    : 'on connections and doors, before a request is read';
  return `${fault.name} acts ${where}; arm it as a rule: POST /v1/rules`;
}

interface Apart {
  readonly own: FaultItem['parameters'];
  readonly ofRule: { readonly share?: number };
  readonly mistakes: readonly Mistake[];
}

/** What is the kind's own, and what is said of the rule; where both have a field of that name, it is the kind's. */
function apart(parameters: FaultItem['parameters'], { params }: Fault): Apart {
  const own = new Map(parameters);
  const mistakes: Mistake[] = [];
  let ofRule = {};
  for (const [key, value] of parameters) {
    const [first = ''] = key.split('.');
    if (isParameter(first, params) || !RULE_KEYS.includes(first)) continue;
    own.delete(key);
    if (key !== 'share') mistakes.push({ path: key, message: OF_STANDING_RULES });
    else {
      const read = share.safeParse(value, { reportInput: true });
      if (read.success) ofRule = { share: read.data };
      else mistakes.push(...mistakesOf(read.error, share).map(({ message }) => ({ path: key, message })));
    }
  }
  return { own, ofRule, mistakes };
}

const RULE_KEYS = Object.keys(ruleSchema.shape).filter((key) => key !== 'fault' && key !== 'with');

const OF_STANDING_RULES = `is said of rules that meet many requests, and a header strikes the one that carries it; allowed besides the kind's own: ${OF_RULES.join(', ')}`;

/** A mistake in a rule, at its place in the header. */
function asWritten({ path, message }: Mistake): Mistake {
  const [first, ...rest] = readPath(path);
  return { path: first === 'with' ? writtenPath(rest) : first === 'fault' ? '' : path, message };
}
