// Ticks in a thread of its own: the timers of a hidden tab are slowed down, those of a worker are not.
import { BEAT_EVERY_MS } from './beat.ts';

setInterval(() => postMessage('beat'), BEAT_EVERY_MS);
