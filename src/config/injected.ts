// Variables with our prefix that are no settings: Kubernetes injects them for Services.

/** What Kubernetes sets for Services called `showstopper` or `showstopper-…`, and what their ports hold. */
const INJECTED = /_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?$/;
const INJECTED_ADDRESS = /^(tcp|udp|sctp):\/\//;

/** Whether Kubernetes set this variable for a Service of this name. */
export function isInjected(variable: string, value: string): boolean {
  return INJECTED.test(variable) || (variable.endsWith('_PORT') && INJECTED_ADDRESS.test(value));
}
