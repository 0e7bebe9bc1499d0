// The forms of a route's path: as it is documented, and as the router reads it.

/** `/v1/rules/{id+}` as people know it: `/v1/rules/{id}`. */
export function shownPath(path: string): string {
  return path.replace('+}', '}');
}

/** `{name}` as `:name`, and `{id+}` as `*id`, which takes slashes too. */
export function routerPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1').replaceAll(/\{(\w+)\+\}/g, '*$1');
}

/** Where files of the page are. */
export const ASSETS = '/assets/';

/** Every handshake shows what is there, so it is open like the health paths. */
export const CERTIFICATE_PATH = '/v1/tls/certificate.pem';
