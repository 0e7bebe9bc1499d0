// The certificates of a test's TLS door, made once a file, and what a client needs to trust them.
import { type Certificates, makeCertificates } from '../../src/wire/connection/certificates.ts';

export const madeCertificates = (): Promise<Certificates> => makeCertificates({ hosts: [], now: Date.now() });
