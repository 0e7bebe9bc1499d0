// Loaded before a server whose memory is to be read: a signal collects its garbage, so that only what is kept counts.

/** The last resort of V8 gives back the room for young objects too, which grows with traffic and not with what is kept. */
process.on('SIGUSR2', () => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
