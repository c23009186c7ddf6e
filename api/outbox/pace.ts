import type { Db } from '#db/client.ts'
import { MailFailed } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'

const SECOND_MS = 1_000
/** Whoever waits for a turn holds a lease; what is to wait for longer waits in the outbox. */
const LONGEST_HOLD_MS = 10_000
/** A fault of the account meets every mail alike, so the rest of the round is spared it, and somebody has time to mend it. */
const ACCOUNT_HOLD_MS = 20_000

/** The provider is to be left alone for so long that nobody waits for a turn: nothing was asked, so this was no try. */
export class HeldBack extends Error {
  override name = 'HeldBack'
  readonly forMs: number
  constructor(forMs: number) {
    super('The provider of mails is left alone.')
    this.forMs = forMs
  }
}

interface Pace {
  lastAt: number
  /** Until when the provider asked to be left alone. */
  heldUntil: number
}

/**
 * When this process asked the provider of mails last, by a clock that nobody sets. Numbers and no promises, because on Workers one request
 * cannot wait for another's. Each isolate counts for itself: where several send at once, the provider says so and all of them slow down.
 */
const paces = new WeakMap<Db, Pace>()

function paceOf(db: Db): Pace {
  const pace = paces.get(db) ?? { lastAt: -Infinity, heldUntil: 0 }
  paces.set(db, pace)
  return pace
}

/** Whether no mail is to be claimed, because none would have its turn. */
export const isHeldBack = (db: Db): boolean => holdOf(paceOf(db)) > LONGEST_HOLD_MS

const holdOf = (pace: Pace): number => pace.heldUntil - performance.now()

/**
 * Asks the provider of mails when it is our turn: at most `EMAIL_PER_SECOND` times within a second, evenly, so that no window of the provider's
 * holds more. When the answer is that we were too fast, everybody here leaves it alone for as long as it says. Throws HeldBack when that is long.
 * What is no mail takes its turn and says nothing about mails: a key may be allowed to send and to do nothing else.
 */
export async function inTurn<T>(ctx: Ctx, ask: () => Promise<T>, { isMail = true } = {}): Promise<T> {
  const pace = paceOf(ctx.db)
  await turn(pace, SECOND_MS / ctx.config.EMAIL_PER_SECOND)
  try {
    return await ask()
  } catch (error) {
    if (error instanceof MailFailed && (isMail || error.fault === 'busy'))
      pace.heldUntil = Math.max(pace.heldUntil, performance.now() + holdAfter(error))
    throw error
  }
}

function holdAfter({ fault, retryAfterMs }: MailFailed): number {
  if (fault === 'busy') return retryAfterMs ?? SECOND_MS
  return fault === 'account' ? Math.max(retryAfterMs ?? 0, ACCOUNT_HOLD_MS) : 0
}

/** Whoever wakes first takes the turn and the others wait on, so that a process that was held up does not make up for it in a rush. */
async function turn(pace: Pace, apartMs: number): Promise<void> {
  for (;;) {
    const hold = holdOf(pace)
    if (hold > LONGEST_HOLD_MS) throw new HeldBack(hold)
    const now = performance.now()
    const free = Math.max(pace.lastAt + apartMs, pace.heldUntil)
    if (now >= free) {
      pace.lastAt = now
      return
    }
    await rest(free - now)
  }
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
