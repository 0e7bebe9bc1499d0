// Certificates of the TLS door, made at start: one to trust, and others that no client should accept.
import { KeyObject, randomUUID, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type * as X509 from '@peculiar/x509';
import type { BadCertificate } from './connection-fate.ts';

/** Certificates as a door may show them. */
export interface Certificates {
  readonly good: SecureContext;
  readonly bad: Readonly<Record<BadCertificate, SecureContext>>;
  /** As PEM: who trusts this accepts the good one, and sees of each bad one what is wrong with it. */
  readonly trusted: string;
}

export interface CertificateWishes {
  /** Names and addresses by which the door is called, besides this machine's own. */
  readonly hosts: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** To be shown as the good one, as PEM; unset: one is made. */
  readonly identity?: { readonly cert: string; readonly key: string } | undefined;
}

const LOCAL = ['localhost', '127.0.0.1', '::1'];
/** Reserved, so that nobody is called so (RFC 6761). */
const ELSEWHERE = ['somewhere-else.invalid'];
const DAY_MS = 86_400_000;
const VALID_DAYS = 365;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Keys never leave the process. Throws when the identity given cannot be used. */
export async function makeCertificates({ hosts, now, identity }: CertificateWishes): Promise<Certificates> {
  const mint = await openMint(now);
  const [authority, stranger] = await Promise.all([mint.authority('Showstopper'), mint.authority('Nobody')]);
  const names = [...new Set([...LOCAL, ...hosts])];
  const [good, expired, wrongName, unknownIssuer] = await Promise.all([
    identity ? createSecureContext(identity) : mint.leaf(authority, names),
    mint.leaf(authority, names, -1),
    mint.leaf(authority, ELSEWHERE),
    mint.leaf(stranger, names),
  ]);
  return {
    good,
    bad: { expired, 'wrong-name': wrongName, 'unknown-issuer': unknownIssuer },
    trusted: [authority.certificate.toString('pem'), ...(identity ? [identity.cert.trim()] : []), ''].join('\n'),
  };
}

interface Authority {
  readonly certificate: X509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** Makes authorities, and certificates that they vouch for; strict clients want both to name their keys. */
async function openMint(now: number) {
  await import('reflect-metadata'); // the library asks for it
  const x509 = await import('@peculiar/x509');
  const makeKeys = (): Promise<webcrypto.CryptoKeyPair> =>
    crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const keys = await makeKeys();
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  const day = (days: number): Date => new Date(now + days * DAY_MS);
  const { KeyUsageFlags: usage, X509CertificateGenerator: generator } = x509;
  return {
    async authority(name: string): Promise<Authority> {
      const own = await makeKeys();
      const certificate = await generator.createSelfSigned({
        name: [{ CN: [`${name} ${randomUUID()}`] }], // clients that have met several starts tell them apart
        notBefore: day(-60),
        notAfter: day(VALID_DAYS),
        signingAlgorithm: ALGORITHM,
        keys: own,
        extensions: [
          new x509.BasicConstraintsExtension(true, 0, true),
          new x509.KeyUsagesExtension(usage.keyCertSign | usage.cRLSign, true),
          await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
        ],
      });
      return { certificate, keys: own };
    },

    async leaf(issuer: Authority, names: readonly string[], endsAfterDays = VALID_DAYS): Promise<SecureContext> {
      const certificate = await generator.create({
        subject: [{ CN: [names[0] ?? ''] }],
        issuer: issuer.certificate.subject,
        notBefore: day(-30),
        notAfter: day(endsAfterDays),
        signingAlgorithm: ALGORITHM,
        publicKey: keys.publicKey,
        signingKey: issuer.keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(usage.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
          ),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
        ],
      });
      return createSecureContext({ cert: certificate.toString('pem'), key });
    },
  };
}
