// How the text of settings about webhooks becomes their values: hosts that may be called, endpoints from the start, and secrets.
import { isFreeName, RESERVED_CLIENTS } from '../base/client-names.ts';
import { HOST_PATTERN_FORM, type HostPattern, parseHostPattern } from '../base/host-pattern.ts';
import { parseSigningSecret, SIGNING_SECRET_FORM } from '../base/signing-secrets.ts';
import { type PairsOption, reads } from './setting-schema.ts';

const MAX_HOSTS = 200;
/** As many as a world may have. */
const MAX_ENDPOINTS = 20;

export interface ClientUrl {
  readonly client: string;
  readonly url: string;
}

export const hostPatterns = reads<readonly HostPattern[], readonly string[]>(
  `hosts separated by commas, at most ${MAX_HOSTS}, each ${HOST_PATTERN_FORM}`,
  (text) => {
    const hosts = text.split(',').map(parseHostPattern);
    return hosts.length <= MAX_HOSTS && hosts.every((host) => host !== undefined) ? Object.freeze(hosts) : undefined;
  },
);

/** A comma that begins no further pair belongs to the URL. */
export const clientUrls = reads<readonly ClientUrl[], PairsOption<string>>(
  `client=URL pairs separated by commas, at most ${MAX_ENDPOINTS}; clients of a-z, 0-9 and -, at most 32 long; http or https URLs`,
  (text) => {
    const pairs = text.split(/,(?=\s*[a-z0-9-]{1,32}=https?:)/i).map((part) => {
      const [, client = '', url = ''] = /^\s*([a-z0-9-]{1,32})=(https?:\S+)\s*$/i.exec(part) ?? [];
      return isFreeName(client) && URL.canParse(url) ? Object.freeze({ client, url }) : undefined;
    });
    return pairs.length <= MAX_ENDPOINTS && pairs.every((pair) => pair !== undefined)
      ? Object.freeze(pairs)
      : undefined;
  },
);

export const signingSecrets = reads<ReadonlyMap<string, string>, PairsOption<string>>(
  `client=secret pairs separated by commas; clients of a-z, 0-9 and -, at most 32 long, not ${RESERVED_CLIENTS.join(', ')}; secrets of ${SIGNING_SECRET_FORM}; no client twice`,
  (text) => {
    const secrets = new Map<string, string>();
    for (const pair of text.split(/[,\n]/).map((part) => part.trim())) {
      if (pair === '' || pair.startsWith('#')) continue;
      const [, client = '', secret = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (!isFreeName(client) || secrets.has(client) || !parseSigningSecret(secret)) return undefined;
      secrets.set(client, secret);
    }
    return secrets.size > 0 ? secrets : undefined;
  },
);
