import type { Db } from '#db/client.ts'
import type { Ctx } from '#api/context.ts'
import { log } from '#api/log.ts'
import type { Runtime } from '#api/runtime.ts'
import type { ClickMessage } from './click-message.ts'
import { consumeClicks } from './consume-clicks.ts'

type Sending = Pick<Ctx, 'config' | 'db' | 'now'> & { runtime: Runtime }

/** Handing a message to the queue costs many times a redirect, so clicks of the same moment travel as one message. */
const WINDOW_MS = 25
/** A click weighs less than a kilobyte and a queue's message may weigh 128; a heavier one is refused there and goes to the database. */
const MOST_TOGETHER = 100
/** Waits between tries, in milliseconds; together within the half minute that a platform grants after an answer. */
const WAITS = [0, 1_000, 5_000, 15_000]

/** The clicks that wait for their moment's end, per running app. */
const waiting = new WeakMap<Db, ClickMessage[]>()

/** Hands a click over after the answer, together with those that come within the next moment. Returns at once and never throws. */
export function sendSoon(ctx: Sending, message: ClickMessage): void {
  const open = waiting.get(ctx.db)
  if (open && open.length < MOST_TOGETHER) {
    open.push(message)
    return
  }
  const clicks = [message]
  waiting.set(ctx.db, clicks)
  ctx.runtime.waitUntil(sendAfterMoment(ctx, clicks))
}

async function sendAfterMoment(ctx: Sending, clicks: ClickMessage[]): Promise<void> {
  await pause(WINDOW_MS)
  // A full one was replaced before; either way nobody adds to it from here on.
  if (waiting.get(ctx.db) === clicks) waiting.delete(ctx.db)
  await send(ctx, clicks)
}

/** To the queue, and when the queue does not take them straight to the database; with both down it tries a few times more. */
async function send(ctx: Sending, clicks: readonly ClickMessage[]): Promise<void> {
  for (const wait of WAITS) {
    if (wait > 0) await pause(wait)
    if (await worked(() => ctx.runtime.enqueue(clicks))) return
    if (await worked(() => consumeClicks(ctx, clicks))) return
  }
  log(null, 'clicks_lost', { count: clicks.length })
}

async function worked(attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt()
    return true
  } catch {
    return false
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
