// How often somebody who holds the dead-man's switch says that they are there; the server heals after 30 s without.
export const BEAT_EVERY_MS = 5000;
