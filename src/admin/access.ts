// Who may come in: tokens, and the two checks that keep browsers on foreign pages out.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../base/refusal.ts';
import type { Who } from '../director/actions.ts';
import { ASSETS, CERTIFICATE_PATH } from './paths.ts';
import type { AdminCode } from './statuses.ts';

export interface AccessSettings {
  /** Unset together with the viewer's: everybody may do everything. */
  readonly adminToken?: string | undefined;
  /** May read. */
  readonly viewerToken?: string | undefined;
  /** Further names this server may be called by, small letters; `*.example.com` for all below. */
  readonly hosts: readonly string[];
}

/** What the checks look at. */
export interface AccessRequest {
  readonly path: string;
  readonly host: string;
  readonly origin: string;
  readonly authorization: string;
}

export type Access = (request: AccessRequest) => Who;

/** Probes call by whatever address they have. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);
/** Open without a token. */
export const OPEN_PATHS: ReadonlySet<string> = new Set([
  ...HEALTH_PATHS,
  '/metrics',
  '/openapi.json',
  CERTIFICATE_PATH,
  '/',
]);

const isOpen = (path: string): boolean => OPEN_PATHS.has(path) || path.startsWith(ASSETS);

/** Whether a token is asked for at all. */
export const isLocked = ({ adminToken, viewerToken }: Omit<AccessSettings, 'hosts'>): boolean =>
  adminToken !== undefined || viewerToken !== undefined;

/** Throws a Refusal, or says whose token it was; on open paths `open` when there was none. */
export function createAccess({ adminToken, viewerToken, hosts }: AccessSettings): Access {
  const isAdmin = tokenTest(adminToken);
  const isViewer = tokenTest(viewerToken);
  const locked = isLocked({ adminToken, viewerToken });
  return ({ path, host, origin, authorization }) => {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
    const [admin, viewer] = [isAdmin(token), isViewer(token)]; // both, so that time tells nothing
    if (!HEALTH_PATHS.has(path)) {
      if (!admin && !viewer && !mayBeCalled(host, hosts))
        throw refuse(
          'misdirected',
          `this server is not known as ${JSON.stringify(host.slice(0, 200))}; name it in SHOWSTOPPER_ADMIN_HOSTS, or send a token`,
        );
      if (origin !== '' && !isOwn(origin, host))
        throw refuse('forbidden', `a page of ${JSON.stringify(origin.slice(0, 200))} may not call this server`);
    }
    if (admin) return 'admin';
    if (viewer) return 'viewer';
    if (locked && !isOpen(path)) throw refuse('unauthorized', whyNot(authorization, token));
    return 'open';
  };
}

/** What is wrong with what was sent instead of a token; nothing of it is repeated. */
function whyNot(authorization: string, token: string): string {
  if (authorization === '') return 'a token is needed: Authorization: Bearer TOKEN';
  if (token === '') return 'Authorization must be Bearer TOKEN, and is something else';
  return 'this is not the token of this server; it asks for that of SHOWSTOPPER_ADMIN_TOKEN or SHOWSTOPPER_VIEWER_TOKEN';
}

const refuse = (code: AdminCode, detail: string): Refusal<AdminCode> => new Refusal(code, detail);

/** Compares digests in constant time, so that neither length nor prefix of the token shows. */
function tokenTest(wanted: string | undefined): (given: string) => boolean {
  if (wanted === undefined) return () => false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(wanted);
  return (given) => timingSafeEqual(expected, digest(given));
}

const ALWAYS_ENDINGS = ['.svc', '.svc.cluster.local'];

/** Names a foreign page cannot own: addresses, names without a dot, and those of a cluster; and what is configured. */
function mayBeCalled(host: string, hosts: readonly string[]): boolean {
  const name = nameOf(host);
  if (name === undefined) return false;
  if (name.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return true;
  if (!name.includes('.') || name === 'host.docker.internal') return true;
  if (ALWAYS_ENDINGS.some((ending) => name.endsWith(ending))) return true;
  return hosts.some((known) => name === known || (known.startsWith('*.') && name.endsWith(known.slice(1))));
}

/** The name in a Host header, without port and final dot; undefined when there is none. */
function nameOf(host: string): string | undefined {
  const name = authorityOf('http:', host)?.hostname.replace(/\.$/, '');
  return name === '' ? undefined : name;
}

function isOwn(origin: string, host: string): boolean {
  const page = URL.canParse(origin) ? new URL(origin) : undefined;
  if (!page || page.origin === 'null') return false;
  return page.host === authorityOf(page.protocol, host)?.host;
}

/** A Host header as its scheme reads it: a default port is the same as none. */
function authorityOf(scheme: string, host: string): URL | undefined {
  if (!/^[^\s/?#@\\]+$/.test(host)) return undefined;
  const text = `${scheme}//${host}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}
