const MINUTE_MS = 60_000

/** How often something that is to be sent is tried before a person must look. */
export const OUTBOX_TRIES = 12

/**
 * How long after its nth try (the first is 1) a row waits for the next one: 1, 2, 4 … 1,024 minutes, so that twelve tries span 34 hours, about a
 * day and a half. The wait begins when the try does: a sender that dies has used up its try like one that was refused.
 */
export const outboxWaitMs = (tries: number): number => 2 ** (tries - 1) * MINUTE_MS
