import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#db/id.ts'
import { LEDGER_ACCOUNTS, LEDGER_ENTRY_TYPES } from '#domain/affiliation/enums.ts'
import { DIRECTIONS } from '#domain/affiliation/ledger.ts'
import { day, ledgerWorld, refusal, type LedgerWorld } from './testing.ts'
import { type People, type Wrong, wrongs } from './testing-wrong-postings.ts'
import { expectBooksBalanced, verifyLedger } from './verify.ts'

let world: LedgerWorld
let who: People
beforeAll(async () => {
  world = await ledgerWorld()
  who = await people()
})
afterAll(async () => {
  await expectBooksBalanced(world.admin)
  await world.close()
})

/** An affiliate with money on every account that holds some, one in debt, and what each of them has asked for and earned. */
async function people(): Promise<People> {
  const [rich, other, indebted] = [await world.affiliate(), await world.affiliate(), await world.affiliate()]
  const commission = await world.earn({ affiliateId: rich, main: 979, extended: 245, earnedAt: day(0) })
  const locked = await world.earn({ affiliateId: rich, main: 979, extended: 245, earnedAt: day(40) })
  const foreign = await world.earn({ affiliateId: other, main: 979, extended: 245, earnedAt: day(0) })
  await world.mature(day(45))
  await world.adjust(rich, newId(), 9000, day(46))
  await world.adjust(indebted, newId(), -500, day(46))
  const paid = await world.withdraw(rich, 1000, day(46))
  await paid.pay()
  const approved = await world.withdraw(rich, 3000, day(47))
  await approved.approve()
  const pending = await world.withdraw(other, 900, day(47))
  return { rich, other, indebted, commission, locked, foreign, approved: approved.id, paid: paid.id, pending: pending.id }
}

const movesOf = ({ moves }: Wrong) => Object.entries(moves).map(([account, amount]) => ({ account, amount }))

/** The same rows with seq, balances and lots in order, as a function without rules would write them. */
function unruled(wrong: Wrong): string {
  const affiliate = who[wrong.to ?? 'rich']
  const refs = JSON.stringify({ ...wrong.of?.(who), metadata: { part: 'main' } })
  const rest = `'${refs}', '2026-02-20', '2026-02-20')`
  return movesOf(wrong)
    .map(({ account, amount }, n) => {
      const lots = `SELECT ledger_move_lots('${affiliate}', 'wrong', '${wrong.type}', ${amount}, ${rest};`
      return `SELECT ledger_append('${affiliate}', 'wrong', 'wrong:${n}', '${wrong.type}', '${account}', ${amount}, ${rest};
        ${account === 'AVAILABLE' && wrong.type !== 'WITHDRAWAL_RETURNED' ? lots : ''}`
    })
    .join('\n')
}

describe('a posting that', () => {
  it.each(wrongs)('$says is refused', async (wrong) => {
    const affiliate = who[wrong.to ?? 'rich']
    const post = () =>
      world.app(`SELECT post_ledger($1, $2, $3, $4, $5, $6, $6)`, [
        affiliate,
        newId(),
        wrong.type,
        JSON.stringify(movesOf(wrong)),
        JSON.stringify(wrong.of?.(who) ?? {}),
        day(50),
      ])
    expect(await refusal(post)).toBe(wrong.refused)
  })

  it.each(wrongs)('$says is found when it was written all the same ($found)', async (wrong) => {
    await world.tampered(unruled(wrong), async (query) => {
      const breaches = await verifyLedger(query)
      expect(breaches.map(({ invariant }) => invariant)).toContain(wrong.found)
    })
  })
})

it.each(['mature:', 'earned:'])('a key that begins with %s is nobody else’s, so that no posting stops another for ever', async (prefix) => {
  const moves = [
    { account: 'PLATFORM', amount: -1 },
    { account: 'AVAILABLE', amount: 1 },
  ]
  const refs = { createdBy: who.rich, description: 'A cent' }
  const values = [who.rich, `${prefix}${who.commission}:main`, JSON.stringify(moves), JSON.stringify(refs), day(50)]
  expect(await refusal(() => world.app(`SELECT post_ledger($1, $2, 'ADJUSTMENT_CREDIT', $3, $4, $5, $5)`, values))).toBe(
    '23514 ledger_key_of_another',
  )
})

describe('a withdrawal', () => {
  it.each([
    ['another gross', 'WITHDRAWAL_REQUESTED', { AVAILABLE: -1001, RESERVED: 1001 }],
    ['a debt instead of what is available', 'WITHDRAWAL_REQUESTED', { DEBT: -1000, RESERVED: 1000 }],
  ] as const)('is not posted with %s', async (_, type, moves) => {
    const id = newId()
    const affiliate = await world.affiliate()
    await world.adjust(affiliate, newId(), 2000, day(1))
    const posting = JSON.stringify(Object.entries(moves).map(([account, amount]) => ({ account, amount })))
    const write = () =>
      world.together(
        [
          `INSERT INTO withdrawal_requests (id, "affiliateId", "requestedAmount", "feeAmount", "netAmount", "updatedAt")
            VALUES ($1, $2, 1000, 30, 970, $3)`,
          [id, affiliate, day(50)],
        ],
        ['SELECT post_ledger($1, $2, $3, $4, $5, $6, $6)', [affiliate, id, type, posting, JSON.stringify({ withdrawalId: id }), day(50)]],
      )
    expect(await refusal(write)).toBe('23514 ledger_withdrawal_amounts')
  })

  it('gives back from where it lies, and only once', async () => {
    const affiliate = await world.affiliate()
    await world.adjust(affiliate, newId(), 5979, day(1))
    const withdrawal = await world.withdraw(affiliate, 5979, day(2))
    await withdrawal.approve()
    expect(await refusal(() => withdrawal.giveBack('PENDING_REVIEW'))).toBe('23514 ledger_withdrawal_amounts')
    await withdrawal.giveBack('APPROVED')
    expect(await world.balances(affiliate)).toMatchObject({ AVAILABLE: 5979, PAYABLE: 0, PLATFORM: -5979 })
    expect(await refusal(() => withdrawal.sendBack())).toBe('GU001 ledger_withdrawal_in_step')
  })
})

describe('a lifetime’s total at the end of its column', () => {
  it('stops neither a sale nor a refund, and the books still balance', async () => {
    const affiliateId = await world.affiliate()
    const totals = () =>
      world.admin('SELECT "totalCommissionsEarned" AS earned, "totalRefunded" AS refunded FROM affiliate_profiles WHERE "userId" = $1', [
        affiliateId,
      ])
    for (const n of [0, 1]) {
      const id = await world.earn({ affiliateId, main: 2_000_000_000, extended: 0, earnedAt: day(n) })
      await world.refund(id, 2_000_000_000, day(n))
    }
    expect(await totals()).toEqual([{ earned: 2_147_483_647, refunded: 2_147_483_647 }])
    await expectBooksBalanced(world.admin)
  })
})

it('a sale reads no more of the ledger when there is much of it, though its plans were made when there was none', async () => {
  const affiliateId = await world.affiliate()
  await world.admin(
    `WITH c AS (SELECT $1 || '-' || n AS id FROM generate_series(1, 60) n), invoice AS (
      INSERT INTO invoices (id, "customerId", "amountExcludingTax", "amountIncludingTax", status, "paidAt", kind, "taxRateBps", country, "updatedAt")
      SELECT id, 'customer', 4083, 4083, 'PAID', $2::timestamp, 'RENEWAL', 0, 'FR', $2::timestamp FROM c)
    INSERT INTO affiliate_commissions (id, "affiliateProgramId", "affiliateId", "customerId", "invoiceId", status, "lockPeriodDays", "lockedUntil",
      "extendedLockedUntil", "maturesAt", "lockedAmount", "extendedLockAmount", "totalAmount", "policyVersion", profile, "earnedAt", "updatedAt")
    SELECT id, 'program', $1, 'customer', id, 'LOCKED', 45, $2::timestamp, $2::timestamp, $2::timestamp, 979, 245, 1224, 1, 'NEW', $2, $2 FROM c`,
    [affiliateId, day(0)],
  )
  const moves = JSON.stringify([
    { account: 'PLATFORM', amount: -1224 },
    { account: 'LOCKED', amount: 1224 },
  ])
  const earnAll = `DO $$ BEGIN FOR n IN 1..60 LOOP
    PERFORM post_ledger('${affiliateId}', 'many:${affiliateId}:' || n, 'COMMISSION_EARNED', '${moves}',
      jsonb_build_object('commissionId', '${affiliateId}-' || n), '2026-01-01', '2026-01-01');
  END LOOP; END $$`
  const readRows = `SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_xact_user_tables WHERE relname = 'affiliate_ledger'`
  const [said] = await world.together([earnAll, []], [readRows, []])
  expect(Number(said?.rows)).toBeLessThan(60)
})

it('the accounts of each event are the same in SQL as in the domain', async () => {
  const rows = await world.admin(`SELECT t::text AS type, a::text AS account, s AS sign
    FROM unnest(enum_range(NULL::ledger_entry_type)) t, unnest(enum_range(NULL::ledger_account)) a, (VALUES (-1), (1)) AS signs (s)
    WHERE ledger_may_move(t, a, s * 7)`)
  const allowed = LEDGER_ENTRY_TYPES.flatMap((type) =>
    LEDGER_ACCOUNTS.flatMap((account) => (DIRECTIONS[type][account] ? [{ type, account, sign: DIRECTIONS[type][account] }] : [])),
  )
  const inOrder = (some: readonly Record<string, unknown>[]) => some.map((row) => JSON.stringify(row)).toSorted()
  expect(inOrder(rows)).toEqual(inOrder(allowed))
})
