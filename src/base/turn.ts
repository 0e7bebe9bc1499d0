// The next turn of the event loop: whoever waits for it lets everybody else go first who has something to do by then.

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
