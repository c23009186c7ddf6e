import type { ClickMessage } from './click-message.ts'
import { consumeClicks, type Consuming } from './consume-clicks.ts'
import type { Runtime } from '#api/runtime.ts'

/** Waits between tries, in milliseconds; together well within what a platform grants after an answer. */
const WAITS = [0, 1_000, 5_000, 15_000]

/**
 * Hands a click over after the answer was sent: to the queue, and when the queue does not take it straight to the database. With both down it
 * tries a few times more. It never throws, since nobody is left to hear it.
 */
export async function sendClick(ctx: Consuming & { runtime: Runtime }, message: ClickMessage): Promise<void> {
  for (const wait of WAITS) {
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    if (await worked(() => ctx.runtime.enqueue(message))) return
    if (await worked(() => consumeClicks(ctx, [message]))) return
  }
  console.error(JSON.stringify({ level: 'error', event: 'click_lost', clickId: message.clickId }))
}

async function worked(attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt()
    return true
  } catch {
    return false
  }
}
