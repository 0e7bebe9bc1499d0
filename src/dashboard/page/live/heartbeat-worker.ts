// Ticks in a thread of its own: the timers of a hidden tab are slowed down, those of a worker are not.

/** The server heals when it has heard nothing for 30 s. */
const BEAT_EVERY_MS = 5000;

setInterval(() => postMessage('beat'), BEAT_EVERY_MS);
