// What was ended and let go, in words.
import type { Ended } from '../admin/contract/contract.ts';
import { counted } from '../base/counted.ts';

export function endedWords({ activations, rules, dropped, answered, ms }: Ended): string {
  const held = `${counted(dropped, 'held request')} dropped, ${answered} answered`;
  return `${counted(activations, 'activation')} and ${counted(rules, 'rule')} ended, ${held}, in ${Math.round(ms)} ms`;
}
