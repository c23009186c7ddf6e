import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, dbError } from '#db/client.ts'
import { newId } from '#db/id.ts'
import * as ledger from '#domain/affiliation/ledger.ts'
import { cents } from '#domain/base/money.ts'
import { expectBooksBalanced } from './verify.ts'
import { day, ledgerWorld, type LedgerWorld, type Refs, refusal } from './testing.ts'

let world: LedgerWorld
beforeAll(async () => {
  world = await ledgerWorld()
})
afterAll(async () => {
  await expectBooksBalanced(world.admin)
  await world.close()
})

const example1 = (affiliateId: string) => world.earn({ affiliateId, main: 979, extended: 245, earnedAt: day(0) })

const gift = (createdBy: string) => ({ createdBy, description: 'test' })

const spend = (affiliateId: string, gross: number) => world.withdraw(affiliateId, gross, day(200))

describe('post_ledger', () => {
  it('writes each event as its domain rule says, row by row', async () => {
    const affiliateId = await world.affiliate()
    await example1(affiliateId)
    expect(await world.mature(day(45))).toBe(1)
    expect(await world.balances(affiliateId)).toEqual({ ...ledger.NO_BALANCES, PLATFORM: -1224, LOCKED: 245, AVAILABLE: 979 })
    const rows = await world.admin(
      `SELECT type, account, amount, "balanceAfter", seq, "eventAt"::text AS at FROM affiliate_ledger
        WHERE "affiliateId" = $1 ORDER BY "eventAt", "idempotencyKey"`,
      [affiliateId],
    )
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'COMMISSION_EARNED PLATFORM -1224 -1224 1 2026-01-01 00:00:00',
      'COMMISSION_EARNED LOCKED 1224 1224 1 2026-01-01 00:00:00',
      'COMMISSION_MATURED LOCKED -979 245 2 2026-02-15 00:00:00',
      'COMMISSION_MATURED AVAILABLE 979 979 1 2026-02-15 00:00:00',
    ])
  })

  it('repays debt out of every credit before anything is available', async () => {
    const affiliateId = await world.affiliate()
    await world.adjust(affiliateId, newId(), -5515, day(1))
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 0, DEBT: -5515 })
    await world.adjust(affiliateId, newId(), 1980, day(2))
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 0, DEBT: -3535 })
    await world.adjust(affiliateId, newId(), 4000, day(3))
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 465, DEBT: 0 })
    expect(await world.countEntries(affiliateId, 'DEBT_REPAID')).toBe(4)
  })

  it('posts nothing for zero, and leaves no row of zero beside others', async () => {
    const affiliateId = await world.affiliate()
    expect(await world.post(affiliateId, newId(), ledger.adjustmentCredit(cents(0)), day(0), gift(affiliateId))).toBeNull()
    const commissionId = await example1(affiliateId)
    await world.refund(commissionId, 249, day(3))
    expect(await world.countEntries(affiliateId, 'COMMISSION_CLAWED_BACK')).toBe(2)
  })

  it('takes one key once, however many bring it at the same time', async () => {
    const affiliateId = await world.affiliate()
    const key = newId()
    const posts = await Promise.allSettled(Array.from({ length: 50 }, () => world.adjust(affiliateId, key, 500, day(0))))
    expect(posts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = posts.flatMap((post) => (post.status === 'rejected' ? [dbError(post.reason)] : []))
    expect(new Set(reasons.map((said) => `${said?.code} ${said?.constraint}`))).toEqual(
      new Set(['23505 affiliate_ledger_idempotencyKey_key']),
    )
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 500 })
  })

  it('keeps seq gapless while many write to one affiliate', async () => {
    const affiliateId = await world.affiliate()
    await Promise.all(Array.from({ length: 50 }, (_, n) => world.adjust(affiliateId, newId(), n % 2 ? -70 : 100, day(n))))
    const balances = await world.balances(affiliateId)
    expect(balances.AVAILABLE + balances.DEBT).toBe(750)
  })

  it('refuses what the accounts do not hold, unbalanced moves, unknown affiliates and unreasoned adjustments', async () => {
    const affiliateId = await world.affiliate()
    const post = (posting: ledger.Posting, to = affiliateId, refs: Refs = gift(affiliateId)) =>
      refusal(() => world.post(to, newId(), posting, day(0), refs))
    expect(await refusal(() => world.withdraw(affiliateId, 3000, day(0)))).toBe('23514 affiliate_balances_on_its_side')
    const lopsided: ledger.Posting = { type: 'ADJUSTMENT_CREDIT', moves: [{ account: 'AVAILABLE', amount: cents(1) }] }
    expect(await post(lopsided)).toBe('22023 ')
    const twice = ledger.adjustmentCredit(cents(1)).moves
    expect(await post({ type: 'ADJUSTMENT_CREDIT', moves: [...twice, ...twice] })).toBe('22023 ')
    expect(await post(ledger.adjustmentCredit(cents(1)), 'nobody')).toBe('23503 ledger_balances_exist')
    expect(await post(ledger.adjustmentCredit(cents(1)), affiliateId, {})).toBe('23514 ledger_adjustment_reasoned')
  })

  it('refuses a debt decided on while money was available', async () => {
    const affiliateId = await world.affiliate()
    await world.adjust(affiliateId, newId(), 500, day(0))
    const stale: ledger.Posting = {
      type: 'ADJUSTMENT_DEBIT',
      moves: [
        { account: 'DEBT', amount: cents(-300) },
        { account: 'PLATFORM', amount: cents(300) },
      ],
    }
    const post = () => world.post(affiliateId, newId(), stale, day(1), gift(affiliateId))
    expect(await refusal(post)).toBe('GU001 ledger_available_before_debt')
  })

  it('deducts the fee in the transaction of the approval', async () => {
    const affiliateId = await world.affiliate()
    await world.adjust(affiliateId, newId(), 5979, day(0))
    await (await spend(affiliateId, 5979)).approve()
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 0, RESERVED: 0, PAYABLE: 5800, PLATFORM: -5800 })
    const rows = await world.admin(
      `SELECT string_agg(type || ' ' || account || ' ' || amount, ', ' ORDER BY "idempotencyKey") AS said FROM affiliate_ledger
        WHERE "affiliateId" = $1 AND "withdrawalId" IS NOT NULL GROUP BY "transactionId" ORDER BY 1 DESC`,
      [affiliateId],
    )
    expect(rows.map(({ said }) => said)).toEqual([
      'WITHDRAWAL_REQUESTED AVAILABLE -5979, WITHDRAWAL_REQUESTED RESERVED 5979',
      'WITHDRAWAL_APPROVED RESERVED -5800, WITHDRAWAL_APPROVED PAYABLE 5800, FEE_DEDUCTED RESERVED -179, FEE_DEDUCTED PLATFORM 179',
    ])
  })
})

describe('lots', () => {
  it('are spent oldest first, which makes a commission PAID once its withdrawal is', async () => {
    const affiliateId = await world.affiliate()
    const first = await world.earn({ affiliateId, main: 3000, extended: 0, earnedAt: day(0) })
    const second = await world.earn({ affiliateId, main: 3000, extended: 0, earnedAt: day(1) })
    await world.mature(day(100))
    const withdrawal = await spend(affiliateId, 3000)
    expect(await world.status(first)).toBe('MATURED')
    await withdrawal.pay()
    expect([await world.status(first), await world.status(second)]).toEqual(['PAID', 'MATURED'])
  })

  it('of another commission pay for a clawback of one already paid out', async () => {
    const affiliateId = await world.affiliate()
    const earn = (n: number) => world.earn({ affiliateId, main: 3000, extended: 0, earnedAt: day(n) })
    const a = await earn(0)
    await world.mature(day(60))
    await (await spend(affiliateId, 3000)).pay()
    const b = await earn(10)
    await world.mature(day(61))
    await world.refund(a, 3000, day(62))
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 0, DEBT: 0 })
    expect([await world.status(a), await world.status(b)]).toEqual(['CLAWED_BACK', 'PAID'])
    const c = await earn(20)
    await world.mature(day(70))
    await (await spend(affiliateId, 3000)).pay()
    expect(await world.status(c)).toBe('PAID')
  })

  it('of the clawed back commission go first', async () => {
    const affiliateId = await world.affiliate()
    const older = await world.earn({ affiliateId, main: 1000, extended: 0, earnedAt: day(0) })
    const newer = await world.earn({ affiliateId, main: 1000, extended: 0, earnedAt: day(5) })
    await world.mature(day(100))
    await world.refund(newer, 1000, day(101))
    expect([await world.status(older), await world.status(newer)]).toEqual(['MATURED', 'CLAWED_BACK'])
  })

  it('come back when a withdrawal is given back, and debt that arose meanwhile is repaid from them', async () => {
    const affiliateId = await world.affiliate()
    const commissionId = await example1(affiliateId)
    await world.mature(day(45))
    await world.adjust(affiliateId, newId(), 5000, day(46))
    const withdrawal = await spend(affiliateId, 5979)
    await world.refund(commissionId, 1224, day(50))
    expect(await world.balances(affiliateId)).toMatchObject({ LOCKED: 0, RESERVED: 5979, DEBT: -979 })
    await withdrawal.giveBack()
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 5000, RESERVED: 0, DEBT: 0 })
  })
})

describe('the application', () => {
  it('can neither write the ledger and its caches nor call the inner functions', async () => {
    for (const table of ['affiliate_ledger', 'affiliate_balances', 'affiliate_lots', 'affiliate_lot_takes']) {
      expect(await refusal(() => world.app(`DELETE FROM ${table}`))).toBe('42501 ')
    }
    expect(await refusal(() => world.app(`SELECT ledger_lock('a', 'b')`))).toBe('42501 ')
    expect(await refusal(() => world.app(`SELECT ledger_take_lots('a', NULL, 'tx', 1)`))).toBe('42501 ')
    expect(await refusal(() => world.app(`SELECT ledger_write('a', 'k', 'DEBT_REPAID', '[]', '{}', localtimestamp, localtimestamp)`))).toBe(
      '42501 ',
    )
    expect(await refusal(() => world.app(`TRUNCATE affiliate_ledger`))).toBe('42501 ')
  })

  it('undoes its whole batch when a guard or the ledger refuses', async () => {
    const affiliateId = await world.affiliate()
    const db = connect(world.http)
    const key = newId()
    const moves = JSON.stringify(ledger.adjustmentCredit(cents(100)).moves)
    const refs = JSON.stringify({ createdBy: affiliateId, description: 'test' })
    const post = sql`select post_ledger(${affiliateId}, ${key}, 'ADJUSTMENT_CREDIT', ${moves}, ${refs}, ${day(0)}, ${day(0)})`
    const batch = db.batch([db.execute(post), db.execute(sql`select guard(1 = 2, 'still_true')`)])
    expect(await refusal(() => batch)).toBe('GU001 still_true')
    expect(await world.balances(affiliateId)).toEqual(ledger.NO_BALANCES)
    await db.batch([db.execute(post), db.execute(sql`select guard(1 = 1, 'still_true')`)])
    expect(await world.balances(affiliateId)).toMatchObject({ AVAILABLE: 100 })
  })
})
