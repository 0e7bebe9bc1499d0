// The certificate of the HTTPS port and its key, read from files and held against each other.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readTextFileSync } from '../base/text-file.ts';
import { MAX_SETTING_FILE_BYTES, type Reading } from './read-text.ts';
import type { Config } from './values.ts';

type Key = 'tlsCert' | 'tlsKey';

/** Undefined when neither is set, and with a mistake when they cannot be used; a key is never repeated. */
export function readTlsIdentity(
  certFile: string | undefined,
  keyFile: string | undefined,
  reading: Reading,
): Config['tlsIdentity'] {
  const { names, mistakes } = reading;
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    const [given, missing] =
      certFile === undefined ? (['tlsKey', 'tlsCert'] as const) : (['tlsCert', 'tlsKey'] as const);
    mistakes.push(
      `${names.full(given)} needs ${names.full(missing)} too; set both, or neither to have a certificate made`,
    );
    return undefined;
  }
  const cert = readPem('tlsCert', certFile, (text) => new X509Certificate(text), reading);
  const key = readPem('tlsKey', keyFile, createPrivateKey, reading);
  if (!cert || !key) return undefined;
  if (!cert.read.checkPrivateKey(key.read)) {
    mistakes.push(
      `${names.full('tlsKey')} ${keyFile} is not the key of the certificate in ${names.full('tlsCert')} ${certFile}`,
    );
    return undefined;
  }
  return Object.freeze({ cert: cert.text, key: key.text });
}

const WHAT: Record<Key, string> = {
  tlsCert: 'a certificate as PEM (BEGIN CERTIFICATE)',
  tlsKey: 'a private key as PEM without a passphrase (BEGIN PRIVATE KEY)',
};

function readPem<Read>(
  setting: Key,
  file: string,
  read: (text: string) => Read,
  reading: Reading,
): { readonly text: string; readonly read: Read } | undefined {
  const { names, mistakes } = reading;
  let text: string;
  try {
    text = readTextFileSync(file, MAX_SETTING_FILE_BYTES);
  } catch (error) {
    mistakes.push(`${names.full(setting)} ${file} ${(error as Error).message}`);
    return undefined;
  }
  try {
    return { text, read: read(text) };
  } catch {
    mistakes.push(`${names.full(setting)} ${file} must hold ${WHAT[setting]}`);
    return undefined;
  }
}
