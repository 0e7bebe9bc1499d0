// What becomes of a rule that was drawn, in the words that journal, rules, events and metrics share.

/** `acted`: bytes, times or state differ by it · `spared` by its share · `inapplicable`: nothing to act on · `limited`: no unit of its limit was left. */
export const OUTCOMES = ['acted', 'spared', 'inapplicable', 'limited'] as const;
export type Outcome = (typeof OUTCOMES)[number];
