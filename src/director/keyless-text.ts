// The text of a profile or a scenario as it may be shown or recorded: sellers by the names they are shown by, never by a key.
import { type KnownNames, withoutKeys } from '../faults/known-names.ts';
import type { Match } from '../faults/rule.ts';

interface Written {
  /** What of it matches anything. */
  readonly rules: readonly { readonly match?: Match | undefined }[];
  readonly text: string;
}

const WITHHELD = '# withheld: it names a seller by its key';

/** A text that writes a key in another way is withheld. */
export function withoutSellersKeys<Document extends Written>(document: Document, known: KnownNames): Document {
  let { text } = document;
  const rules = document.rules.map((rule) => {
    const { clients } = rule.match ?? {};
    if (!clients) return rule;
    const shown = clients.map((given) => {
      const [name = given] = withoutKeys({ clients: [given] }, known).match?.clients ?? [];
      if (name !== given) text = text.includes(given) ? text.replaceAll(given, name) : WITHHELD;
      return name;
    });
    return { ...rule, match: { ...rule.match, clients: shown } };
  });
  return { ...document, rules, text };
}
