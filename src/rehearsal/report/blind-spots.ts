// What no upstream can tell of its clients, said in every report, so that a proxy's manners are not taken for the client's.

/** As docs/in-between.md has them, which says what of it is tested. */
export const BLIND_SPOTS: readonly string[] = [
  'Behind a proxy, the time-out is the shorter of the client’s and the proxy’s: 60 s as nginx is shipped, timeout server of HAProxy.',
  'nginx ends its request to the upstream when the buyer leaves (proxy_ignore_client_abort off), so that a time-out of the page in front looks like one of the client.',
  'Connections are the proxy’s: nginx without keepalive opens one for each request, HAProxy one for the first request of each connection of its own clients.',
  'A breaker, a queue or retries in a proxy look like the client’s own: nginx tries a GET again on another server, or after a pooled connection has ended; HAProxy tries a refused connect four times, and then answers 503 itself.',
  'Instances that share a key and an address are one client here.',
  'What a client keeps back by itself is seen only against a declared demand.',
];
