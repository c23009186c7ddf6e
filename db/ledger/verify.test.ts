import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#db/id.ts'
import { day, ledgerWorld, type LedgerWorld } from './testing.ts'
import { expectBooksBalanced, verifyLedger } from './verify.ts'
import { INVARIANTS } from './invariants.ts'

let world: LedgerWorld
beforeAll(async () => {
  world = await ledgerWorld()
  await someBusiness(world)
})
afterAll(() => world.close())

/** One of everything: a commission locked, one half matured, one clawed back, one paid out, an adjustment, a debt. */
async function someBusiness({ affiliate, earn, mature, refund, adjust, withdraw }: LedgerWorld): Promise<void> {
  const affiliateId = await affiliate()
  await earn({ affiliateId, main: 979, extended: 245, earnedAt: day(0) })
  await mature(day(50))
  await (await withdraw(affiliateId, 500, day(51))).pay()
  const back = await earn({ affiliateId, main: 800, extended: 200, earnedAt: day(40) })
  await refund(back, 1000, day(52))
  await adjust(affiliateId, newId(), 300, day(53))
  await earn({ affiliateId, main: 800, extended: 200, earnedAt: day(54) })
  await adjust(await affiliate(), newId(), -300, day(53))
}

/** A breach behind everybody's back, as somebody with all rights and the triggers switched off would make it. */
type Tampering = { readonly by: string; readonly found: string }

const ONE_ROW = `id = (SELECT id FROM affiliate_ledger WHERE type = 'COMMISSION_MATURED' AND account = 'AVAILABLE' LIMIT 1)`
const FROM_EVERYBODY = `account = 'AVAILABLE'`

const tamperings: readonly Tampering[] = [
  { found: 'I1', by: `UPDATE affiliate_ledger SET amount = amount + 1 WHERE ${ONE_ROW}` },
  { found: 'I2', by: `UPDATE affiliate_ledger SET "balanceAfter" = "balanceAfter" + 1 WHERE ${ONE_ROW}` },
  { found: 'I2', by: `UPDATE affiliate_ledger SET seq = 900 WHERE ${ONE_ROW}` },
  { found: 'I2', by: `DELETE FROM affiliate_ledger WHERE ${ONE_ROW}` },
  { found: 'I3', by: `UPDATE affiliate_balances SET balance = balance + 1 WHERE ${FROM_EVERYBODY}` },
  { found: 'I3', by: `DELETE FROM affiliate_balances WHERE account = 'RESERVED'` },
  {
    found: 'I4',
    by: `ALTER TABLE affiliate_balances DROP CONSTRAINT affiliate_balances_on_its_side;
      UPDATE affiliate_balances SET balance = -1 WHERE ${FROM_EVERYBODY}`,
  },
  { found: 'I5', by: `UPDATE affiliate_commissions SET "mainMaturedAt" = NULL WHERE "mainMaturedAt" IS NOT NULL` },
  { found: 'I5', by: `UPDATE affiliate_commissions SET "totalAmount" = "totalAmount" + 1, "lockedAmount" = "lockedAmount" + 1` },
  { found: 'I6', by: `UPDATE affiliate_commissions SET "clawedBackAmount" = "clawedBackAmount" - 1 WHERE "clawedBackAmount" > 0` },
  { found: 'I7', by: `UPDATE invoices SET status = 'VOID', "voidedAt" = now()` },
  {
    found: 'I7',
    by: `DROP INDEX "affiliate_commissions_invoiceId_key";
      UPDATE affiliate_commissions SET "invoiceId" = (SELECT min("invoiceId") FROM affiliate_commissions)`,
  },
  {
    found: 'I8',
    by: `ALTER TABLE withdrawal_requests DROP CONSTRAINT withdrawal_requests_fee_by_the_rule;
      UPDATE withdrawal_requests SET "feeAmount" = "feeAmount" + 1, "netAmount" = "netAmount" - 1`,
  },
  { found: 'I9', by: `UPDATE withdrawal_requests SET status = 'APPROVED'` },
  { found: 'I9', by: `DELETE FROM affiliate_ledger WHERE type = 'FEE_DEDUCTED'` },
  { found: 'I10', by: `UPDATE affiliate_ledger SET "eventAt" = "eventAt" - interval '1 millisecond' WHERE ${ONE_ROW}` },
  { found: 'I10', by: `UPDATE affiliate_commissions SET "mainMaturedAt" = "lockedUntil" - interval '1 day'` },
  { found: 'I11', by: `UPDATE affiliate_profiles SET "totalCommissionsEarned" = "totalCommissionsEarned" + 1` },
  { found: 'I11', by: `UPDATE affiliate_profiles SET "totalWithdrawn" = 0` },
  { found: 'I11', by: `UPDATE weokto_users SET "totalRefunds" = 7` },
  { found: 'I13', by: `UPDATE affiliate_balances SET balance = -1 WHERE account = 'DEBT'` },
  { found: 'I14 lots', by: `UPDATE affiliate_lots SET remaining = remaining - 1 WHERE remaining > 0` },
  { found: 'I14 takes', by: `DELETE FROM affiliate_lot_takes` },
  { found: 'I14 locked', by: `UPDATE affiliate_commissions SET "clawedBackAmount" = 1 WHERE status = 'LOCKED'` },
  { found: 'I15', by: `UPDATE affiliate_ledger SET type = 'WITHDRAWAL_RETURNED' WHERE type = 'COMMISSION_MATURED'` },
  { found: 'I15', by: `UPDATE affiliate_ledger SET "transactionId" = 'alone' WHERE type = 'FEE_DEDUCTED'` },
  { found: 'I16', by: `UPDATE affiliate_ledger SET "commissionId" = NULL WHERE type = 'COMMISSION_CLAWED_BACK'` },
  { found: 'I16', by: `UPDATE affiliate_ledger SET "withdrawalId" = NULL WHERE type = 'WITHDRAWAL_PAID'` },
  { found: 'I16', by: `UPDATE withdrawal_requests SET "requestedAmount" = 499, "feeAmount" = 14, "netAmount" = 485` },
  { found: 'I17', by: `UPDATE refunds SET amount = amount - 1` },
  { found: 'I17', by: `UPDATE refunds SET status = 'APPROVED'` },
  { found: 'I17', by: `INSERT INTO dispute_outcomes ("refundId", "wonAt") SELECT id, now() FROM refunds` },
  { found: 'I17', by: `UPDATE affiliate_commissions SET "holdRejectedAt" = now() WHERE status = 'LOCKED'` },
  { found: 'status', by: `UPDATE affiliate_commissions SET status = 'PAID' WHERE status = 'LOCKED'` },
]

describe('verifyLedger', () => {
  beforeEach(() => expectBooksBalanced(world.admin))

  it.each(tamperings)('finds ($found) $by', async ({ found, by }) => {
    await world.tampered(by, async (query) => {
      const breaches = await verifyLedger(query)
      expect(breaches.map(({ invariant }) => invariant)).toContain(found)
    })
  })

  it('has a tampering for every invariant', () => {
    expect(new Set(tamperings.map(({ found }) => found))).toEqual(new Set(INVARIANTS.map(({ name }) => name)))
  })
})

const run = (env: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./verify-command.ts', import.meta.url))], {
      env: { ...process.env, ...env },
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('close', (code) => resolve({ code, said }))
  })

describe('ledger:verify', () => {
  it('says ok for each invariant to the application’s own role', async () => {
    const { code, said } = await run({ DATABASE_URL: world.http.databaseUrl })
    for (const { name } of INVARIANTS) expect(said).toContain(`${name} ok`)
    expect(code).toBe(0)
  })

  it('prints the offending rows and exits with 1', async () => {
    await world.admin('UPDATE affiliate_profiles SET "debtAmount" = 4321')
    const { code, said } = await run({ DATABASE_URL: world.http.databaseUrl })
    await world.admin(`UPDATE affiliate_profiles p SET "debtAmount" = -b.balance FROM affiliate_balances b
      WHERE b."affiliateId" = p."userId" AND b.account = 'DEBT'`)
    expect(said).toContain('I11 (')
    expect(said).toContain('"debtAmount":4321')
    expect(code).toBe(1)
  })
})
