// Reads XML strictly, for tests: elements in order with their attributes; throws for what is not well-formed.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ATTRIBUTE = /\s+([\w-]+)="([^"<]*)"/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u;

export function elementsOf(xml: string): XmlElement[] {
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML cannot have');
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const [elements, open]: [XmlElement[], string[]] = [[], []];
  for (const [, tag, words] of body.matchAll(/<([^>]*)>|([^<]+)/g)) {
    if (words !== undefined) decoded(words);
    else take(tag ?? '', elements, open);
  }
  if (open.length > 0 || /[<>]/.test(body.replace(/<[^<>]*>/g, '').replaceAll(ENTITY, '')))
    throw new Error('not closed');
  return elements;
}

function take(tag: string, elements: XmlElement[], open: string[]): void {
  if (tag.startsWith('/')) {
    if (open.pop() !== tag.slice(1)) throw new Error(`${tag} closes nothing`);
    return;
  }
  const parts = /^([a-z]+)((?:\s+[\w-]+="[^"<]*")*)(\/?)$/.exec(tag);
  if (!parts) throw new Error(`no element: ${tag}`);
  const [, name = '', attributes = '', empty] = parts;
  const named = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, decoded(value)]);
  elements.push({ name, attributes: Object.fromEntries(named) });
  if (empty === '') open.push(name);
}

function decoded(text: string): string {
  if (text.replaceAll(ENTITY, '').includes('&')) throw new Error(`a bare & in ${text}`);
  return text.replaceAll(ENTITY, (_, name: string, code: string) => NAMED[name] ?? String.fromCodePoint(Number(code)));
}
