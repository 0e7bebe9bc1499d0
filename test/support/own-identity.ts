// A certificate and key as a user brings them along, in files; and keys that do not fit it.
import 'reflect-metadata';
import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';

export interface OwnIdentity {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Signed by itself, for `localhost`. */
export async function ownIdentity(): Promise<OwnIdentity> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=brought-along',
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const cert = made.toString('pem');
  const key = String(KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }));
  return { cert, key, certFile: pemFile(cert), keyFile: pemFile(key) };
}

export function pemFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'showstopper-pem-')), 'file.pem');
  writeFileSync(file, text);
  return file;
}

export const otherKeyFile = (): string =>
  pemFile(
    String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
