// The names of doors that every server has, or may have, and that no other door may take.

/** The first port of the upstream. */
export const MAIN_DOOR = 'main';
/** Its HTTPS port. */
export const TLS_DOOR = 'tls';
