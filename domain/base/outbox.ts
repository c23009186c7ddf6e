const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** How often something that is to be sent is tried before a person must look. */
export const OUTBOX_TRIES = 12

/**
 * How long after its nth try (the first is 1) a row waits for the next one: 1, 2, 4 … 1,024 minutes, so that twelve tries span 34 hours, about a
 * day and a half. The wait begins when the try does, and anew with its answer: a sender that dies has used up its try like one that was refused.
 */
export const outboxWaitMs = (tries: number): number => 2 ** (tries - 1) * MINUTE_MS

/** Whoever was only asked too fast is asked again after 1, 2, 4 … 32 seconds this many times, and every minute from then on. */
const QUICK_TRIES = 6

/** As long as all tries of a row together span: for so long nothing is given up because we were only too fast. */
const LONGEST_BUSY_MS = Array.from({ length: OUTBOX_TRIES - 1 }, (_, n) => outboxWaitMs(n + 1)).reduce((sum, ms) => sum + ms, 0)

/** Longer than this nobody waits because somebody else's server said so: the reader would sooner have the mail late than never. */
const MOST_WAIT_MS = 24 * 60 * MINUTE_MS

/** All tries of a row have begun by then, however long each of its waits was. */
export const LONGEST_TRYING_MS = OUTBOX_TRIES * MOST_WAIT_MS

/**
 * Why a try did not succeed, as far as whoever was asked has told.
 * busy: asked too fast, or the same try is still under way · unavailable: no answer, or trouble of theirs ·
 * account: our key, our domain or what we may send; nothing leaves until a person has mended it · impossible: this one will never be taken.
 */
export type Fault = 'busy' | 'unavailable' | 'account' | 'impossible'

export interface FailedTry {
  fault: Fault
  /** Tries begun, this one too. */
  tries: number
  /** What we were asked to wait, if anything. */
  retryAfterMs: number | null
  /** How long ago it was promised. */
  ageMs: number
}

/**
 * again: try once more · ask: tell a person now and try once more, for it may have been mended · give_up: never again, and a person is told.
 * `counts`: whether this was one of the tries a row has.
 */
export type Retry = { kind: 'again' | 'ask'; afterMs: number; counts: boolean } | { kind: 'give_up' }

/** What becomes of a try that failed. Nobody is asked sooner than they said, and within a day all the same. */
export function decideRetry({ fault, tries, retryAfterMs, ageMs }: FailedTry): Retry {
  const afterMs = (waitMs: number): number => Math.min(Math.max(waitMs, retryAfterMs ?? 0), MOST_WAIT_MS)
  if (fault === 'busy' && tries <= QUICK_TRIES) return { kind: 'again', afterMs: afterMs(2 ** (tries - 1) * SECOND_MS), counts: true }
  // Too fast is nothing about this row: it must not lose its mail to whoever else asks as often.
  if (fault === 'busy') return ageMs > LONGEST_BUSY_MS ? { kind: 'give_up' } : { kind: 'again', afterMs: afterMs(MINUTE_MS), counts: false }
  if (fault === 'impossible' || tries >= OUTBOX_TRIES) return { kind: 'give_up' }
  return { kind: fault === 'account' ? 'ask' : 'again', afterMs: afterMs(outboxWaitMs(tries)), counts: true }
}
