import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEDGER_ACCOUNTS, LEDGER_ENTRY_TYPES, type LedgerAccount, type LedgerEntryType } from '#domain/enums.ts'
import { newId } from '#domain/id.ts'
import { DIRECTIONS } from '#domain/ledger.ts'
import { day, ledgerWorld, refusal, type LedgerWorld } from './testing-ledger.ts'
import { expectBooksBalanced, verifyLedger } from './verify.ts'

/** Who and what the wrong postings speak of. */
type People = Awaited<ReturnType<typeof people>>

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
async function people() {
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

interface Wrong {
  says: string
  type: LedgerEntryType
  moves: Partial<Record<LedgerAccount, number>>
  of?: (who: People) => Record<string, string>
  to?: 'rich' | 'other' | 'indebted'
  /** What the function answers the application. */
  refused: string
  /** The invariant that finds it when it was written all the same. */
  found: string
}

const OWNERS = (w: People) => ({ createdBy: w.other, description: 'a gift' })
const BY_ITS_FUNCTION = '23514 ledger_posted_by_its_function'

const wrongs: readonly Wrong[] = [
  {
    says: 'matures money that was never locked',
    type: 'COMMISSION_MATURED',
    moves: { PLATFORM: -500, AVAILABLE: 500 },
    of: (w) => ({ commissionId: w.commission }),
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'matures what is not due',
    type: 'COMMISSION_MATURED',
    moves: { LOCKED: -979, AVAILABLE: 979 },
    of: (w) => ({ commissionId: w.locked }),
    refused: BY_ITS_FUNCTION,
    found: 'I10',
  },
  {
    says: 'matures for nobody’s commission',
    type: 'COMMISSION_MATURED',
    moves: { LOCKED: -100, AVAILABLE: 100 },
    refused: BY_ITS_FUNCTION,
    found: 'I16',
  },
  {
    says: 'pays without a withdrawal',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -2910, PLATFORM: 2910 },
    refused: '23514 ledger_names_its_withdrawal',
    found: 'I16',
  },
  {
    says: 'pays somebody else’s withdrawal',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -873, PLATFORM: 873 },
    of: (w) => ({ withdrawalId: w.pending }),
    refused: '23514 ledger_names_its_withdrawal',
    found: 'I16',
  },
  {
    says: 'pays before the owner has marked it paid',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -2910, PLATFORM: 2910 },
    of: (w) => ({ withdrawalId: w.approved }),
    refused: 'GU001 ledger_withdrawal_in_step',
    found: 'I9',
  },
  {
    says: 'pays a withdrawal twice',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -970, PLATFORM: 970 },
    of: (w) => ({ withdrawalId: w.paid }),
    refused: 'GU001 ledger_withdrawal_in_step',
    found: 'I9',
  },
  {
    says: 'returns another amount than was asked for',
    type: 'WITHDRAWAL_RETURNED',
    moves: { PLATFORM: -1001, AVAILABLE: 1001 },
    of: (w) => ({ withdrawalId: w.paid }),
    refused: 'GU001 ledger_withdrawal_in_step',
    found: 'I16',
  },
  {
    says: 'takes a fee by itself',
    type: 'FEE_DEDUCTED',
    moves: { PAYABLE: -90, PLATFORM: 90 },
    of: (w) => ({ withdrawalId: w.approved }),
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'takes a fee for no withdrawal',
    type: 'FEE_DEDUCTED',
    moves: { RESERVED: -27, PLATFORM: 27 },
    to: 'other',
    refused: BY_ITS_FUNCTION,
    found: 'I16',
  },
  {
    says: 'takes the fee of an approval that never was',
    type: 'FEE_DEDUCTED',
    moves: { RESERVED: -27, PLATFORM: 27 },
    of: (w) => ({ withdrawalId: w.pending }),
    to: 'other',
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'forgives a debt as if it were repaid',
    type: 'DEBT_REPAID',
    moves: { PLATFORM: -500, DEBT: 500 },
    to: 'indebted',
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'earns a commission twice',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1224, LOCKED: 1224 },
    of: (w) => ({ commissionId: w.commission }),
    refused: '23514 ledger_commission_earned_once',
    found: 'I5',
  },
  {
    says: 'earns a part of a commission',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1000, LOCKED: 1000 },
    of: (w) => ({ commissionId: w.commission }),
    refused: '23514 ledger_commission_whole',
    found: 'I16',
  },
  {
    says: 'earns straight into what can be withdrawn',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1224, AVAILABLE: 1224 },
    of: (w) => ({ commissionId: w.commission }),
    refused: '23514 ledger_commission_whole',
    found: 'I15',
  },
  {
    says: 'earns somebody else’s commission',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1224, LOCKED: 1224 },
    of: (w) => ({ commissionId: w.foreign }),
    refused: '23514 ledger_names_its_commission',
    found: 'I16',
  },
  {
    says: 'claws back without a refund',
    type: 'COMMISSION_CLAWED_BACK',
    moves: { LOCKED: -245, PLATFORM: 245 },
    of: (w) => ({ commissionId: w.commission }),
    refused: BY_ITS_FUNCTION,
    found: 'I6',
  },
  {
    says: 'reinstates what was never taken',
    type: 'COMMISSION_REINSTATED',
    moves: { PLATFORM: -245, LOCKED: 245 },
    of: (w) => ({ commissionId: w.commission }),
    refused: BY_ITS_FUNCTION,
    found: 'I6',
  },
  {
    says: 'adjusts what is about to be paid out',
    type: 'ADJUSTMENT_CREDIT',
    moves: { PLATFORM: -500, PAYABLE: 500 },
    of: OWNERS,
    refused: '23514 ledger_moves_its_accounts',
    found: 'I15',
  },
  {
    says: 'credits by a debit',
    type: 'ADJUSTMENT_DEBIT',
    moves: { PLATFORM: -500, AVAILABLE: 500 },
    of: OWNERS,
    refused: '23514 ledger_moves_its_accounts',
    found: 'I15',
  },
  {
    says: 'adjusts under a commission’s name',
    type: 'ADJUSTMENT_CREDIT',
    moves: { PLATFORM: -500, AVAILABLE: 500 },
    of: (w) => ({ ...OWNERS(w), commissionId: w.commission }),
    refused: '23514 ledger_adjustment_alone',
    found: 'I16',
  },
]

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
