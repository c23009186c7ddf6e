import { and, inArray, isNull } from 'drizzle-orm'
import * as z from 'zod/mini'
import { must } from '#db/client.ts'
import { outbox } from '#db/schema/all.ts'
import { LONGEST_TRYING_MS, outboxWaitMs } from '#domain/base/outbox.ts'
import { MailFailed, MOST_IN_A_BATCH, type AddressedMail } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { seal, unseal } from '#api/crypto.ts'
import { leaseFrom, type ClaimedRow } from './claim.ts'
import { OutboxMail } from './enqueue.ts'
import { inTurn } from './pace.ts'

/** What an outbox row of kind `batch` holds once unsealed: each mail, and the row that promised it. */
const StoredBatch = z.object({ mails: z.array(z.object({ rowId: z.string(), mail: OutboxMail })) })
type StoredBatch = z.infer<typeof StoredBatch>

export interface Composed {
  row: ClaimedRow
  mails: AddressedMail[]
}

export interface FailedRow {
  row: ClaimedRow
  error: unknown
}

/**
 * Stores what these rows' mails say before any of them leaves, as rows of their own that are tried from then on: the provider delivers a request
 * once only if every try of it has the same key and the same body, and what a mail tells of (an address, a date) may have changed by the next try.
 * They come back claimed by whoever stored them, who sends them. Of a batch that cannot be stored each row fails, and no other batch.
 */
export async function storeBatches(ctx: Ctx, composed: readonly Composed[]): Promise<{ batches: ClaimedRow[]; failures: FailedRow[] }> {
  const groups = inBatches(composed)
  const results = await Promise.allSettled(groups.map((members) => storeBatch(ctx, members)))
  const failuresOf = (result: PromiseSettledResult<ClaimedRow>, n: number): FailedRow[] =>
    result.status === 'fulfilled' ? [] : (groups[n] ?? []).map(({ row }) => ({ row, error: result.reason }))
  return {
    batches: results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])),
    failures: results.flatMap(failuresOf),
  }
}

/** All mails of a row go together: a repeated owner's alert is one that nobody has had. */
function inBatches(composed: readonly Composed[]): Composed[][] {
  const batches: Composed[][] = []
  let room = 0
  for (const one of composed) {
    if (one.mails.length > room) {
      batches.push([])
      room = MOST_IN_A_BATCH
    }
    batches.at(-1)?.push(one)
    room -= one.mails.length
  }
  return batches
}

async function storeBatch(ctx: Ctx, members: readonly Composed[]): Promise<ClaimedRow> {
  const at = ctx.clock()
  const ids = members.map(({ row }) => row.id)
  // Mails that were refused before have tries behind them, and those that came since have all of theirs before them.
  const attempts = Math.min(...members.map(({ row }) => row.attempts))
  const stored: StoredBatch = { mails: members.flatMap(({ row, mails }) => mails.map((mail) => ({ rowId: row.id, mail }))) }
  const row = { id: ctx.newId(), kind: 'batch', payload: await seal(ctx.config.SEAL_KEY, JSON.stringify(stored)), attempts, createdAt: at }
  const times = { lockedUntil: leaseFrom(at), nextAttemptAt: new Date(at.getTime() + outboxWaitMs(attempts)) }
  // An app of before batches does not look at `batchId`, and while a deployment replaces it, it would send the mails once more.
  const notBefore = new Date(at.getTime() + LONGEST_TRYING_MS)
  const join = ctx.db
    .update(outbox)
    .set({ batchId: row.id, nextAttemptAt: notBefore, lockedUntil: null, lastError: null })
    .where(and(inArray(outbox.id, ids), isNull(outbox.batchId), isNull(outbox.sentAt)))
  await ctx.db.batch([
    ctx.db.insert(outbox).values({ ...row, ...times, dedupeKey: `batch:${row.id}` }),
    // Whoever was so slow that others took the rows meanwhile stores nothing.
    must(ctx.db, 'outbox_unbatched', join, ids.length),
  ])
  return row
}

/**
 * Not one mail of a batch was taken. What they have in common is us, such as a sender of ours that is wrong, so a person is asked. The provider
 * would answer the same key the same way for a day, and what is stored cannot be mended: the mails are composed anew.
 */
export class AllRefused extends MailFailed {
  constructor(reason: string) {
    super(`mail: send batch: the provider refuses every mail (${reason})`, 'account', null)
  }
}

export async function sendBatch(ctx: Ctx, { id, payload }: ClaimedRow): Promise<{ refused: { id: string; reason: string }[] }> {
  const { mails } = StoredBatch.parse(JSON.parse(await unseal(ctx.config.SEAL_KEY, payload)))
  const batch = { mails: mails.map(({ mail }) => mail), idempotencyKey: id }
  const refused = await inTurn(ctx, () => ctx.ports.mailer.sendBatch(batch))
  if (mails.every((_, n) => refused.some(({ index }) => index === n))) throw new AllRefused(refused[0]?.reason ?? '')
  return { refused: refused.flatMap(({ index, reason }) => mails.slice(index, index + 1).map(({ rowId }) => ({ id: rowId, reason }))) }
}
