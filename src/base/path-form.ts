// What a glob on paths must look like so that a path can fit it at all.

/** In a request's path these come escaped, if at all. */
const NEVER_SENT = /[^\x21-\x7e]/;
const OF_A_REGULAR_EXPRESSION = /[\\()[\]|^]|\.[*+]|\$$/;
/** `{id}` of a template, or `:id` of a router. */
const PARAMETER = /\{[^{}]*\}|(?<=\/):[A-Za-z]\w*/g;
const OF_A_TEMPLATE = /[{}]|\/:[A-Za-z]/;
/** Clients resolve them before they send (RFC 3986 5.2.4). */
const DOT_SEGMENT = /(^|\/)(\.|%2e){1,2}(\/|$)/i;
const WORLD_PREFIX = /^\/w\/[^/]+(\/|$)/;
const MAX_SHOWN = 80;

/** Why no request's path can fit this glob; undefined when one may. */
export function pathMistake(glob: string): string | undefined {
  const wrong = whatIsWrong(glob);
  return wrong && `${wrong}, got ${JSON.stringify(glob.slice(0, MAX_SHOWN))}`;
}

function whatIsWrong(glob: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(glob)) return 'must be a path, without scheme and host';
  if (OF_A_REGULAR_EXPRESSION.test(glob))
    return 'is a glob and no regular expression: * stands for anything within a segment, ** across segments';
  if (OF_A_TEMPLATE.test(glob))
    return `is a glob and no template: did you mean ${glob.replaceAll(PARAMETER, '*').slice(0, MAX_SHOWN)}?`;
  if (!glob.startsWith('/') && !glob.startsWith('**')) return 'must begin with / or **';
  if (/[?#]/.test(glob)) return 'is matched against the path alone: leave out the query and what follows #';
  if (DOT_SEGMENT.test(glob))
    return 'has a segment . or .., which clients resolve before they send: * stands for anything within a segment, ** across segments';
  if (NEVER_SENT.test(glob)) return `must be escaped as it is sent: did you mean ${escaped(glob)}?`;
  if (WORLD_PREFIX.test(glob)) return 'is matched without the prefix of a world: leave /w/NAME out';
  return undefined;
}

/** A lone surrogate has no escape. */
function escaped(glob: string): string {
  try {
    return encodeURI(glob).slice(0, MAX_SHOWN);
  } catch {
    return '%EF%BF%BD';
  }
}
