import * as ledger from '#domain/ledger.ts'
import { cents } from '#domain/money.ts'
import { DAY_MS, day, type LedgerWorld } from './testing-ledger.ts'

/** One step of a history. Numbers are shares of what there is at that moment, so that every step means something. */
export type Step =
  | { readonly do: 'earn'; readonly main: number; readonly extended: number; readonly held: boolean }
  | { readonly do: 'jump'; readonly hours: number }
  | { readonly do: 'mature'; readonly limit: number; readonly times: number }
  | { readonly do: 'adjust'; readonly amount: number; readonly sentAgain: boolean }
  | { readonly do: 'claw back'; readonly which: number; readonly share: number }
  | { readonly do: 'release' | 'block' }
  | WithdrawalStep

type WithdrawalStep = { readonly do: 'give back' | 'pay' | 'send back' } | { readonly do: 'withdraw'; readonly share: number }

type ModelCommission = { id: string; parts: [Part, Part]; k: number; held: boolean }
type Part = { amount: number; dueAt: number; matured: boolean }
type Withdrawal = Awaited<ReturnType<LedgerWorld['withdraw']>>

/**
 * The same affiliate twice: in the database, and in a few lines of arithmetic that know nothing of SQL. Each step is
 * done to both; `expected` is what the arithmetic says.
 */
export class History {
  expected: ledger.Balances = ledger.NO_BALANCES
  private now = 0
  private steps = 0
  private blocked = false
  private commissions: ModelCommission[] = []
  private withdrawal: { gross: number; state: 'open' | 'paid' | 'closed'; real: Withdrawal } | undefined
  private readonly world: LedgerWorld
  readonly affiliateId: string

  constructor(world: LedgerWorld, affiliateId: string) {
    this.world = world
    this.affiliateId = affiliateId
  }

  async take(step: Step): Promise<void> {
    this.steps++
    switch (step.do) {
      case 'earn':
        return this.earn(step.main, step.extended, step.held)
      case 'jump':
        this.now += step.hours / 24
        return
      case 'mature':
        await Promise.all(Array.from({ length: step.times }, () => this.world.mature(day(this.now), step.limit)))
        return this.matureModel(this.commissions)
      case 'adjust':
        return this.adjust(step.amount, step.sentAgain)
      case 'claw back':
        return this.clawBack(step.which, step.share)
      case 'release':
        return this.release()
      case 'block':
        this.blocked = !this.blocked
        await this.world.block(this.affiliateId, this.blocked ? day(this.now) : null)
        return
      case 'withdraw':
      case 'give back':
      case 'pay':
      case 'send back':
        return this.withdrawalStep(step)
    }
  }

  /** Lifts what suspends and lets every date pass, so that nothing of this history is due in the next one. */
  async finish(): Promise<void> {
    if (this.blocked) await this.take({ do: 'block' })
    await this.take({ do: 'release' })
    await this.take({ do: 'jump', hours: 24 * 100 })
    await this.take({ do: 'mature', limit: 1000, times: 1 })
  }

  private apply(...postings: readonly ledger.Posting[]): void {
    for (const posting of postings) this.expected = ledger.afterPosting(this.expected, posting)
  }

  private async earn(main: number, extended: number, held: boolean): Promise<void> {
    const earnedAt = day(this.now)
    const id = await this.world.earn({ affiliateId: this.affiliateId, main, extended, earnedAt, held })
    const part = (amount: number, days: number): Part => ({ amount, dueAt: earnedAt.getTime() + days * DAY_MS, matured: false })
    this.commissions.push({ id, parts: [part(main, 45), part(extended, 90)], k: 0, held })
    this.apply(ledger.commissionEarned(cents(main + extended)))
  }

  private async adjust(amount: number, sentAgain: boolean): Promise<void> {
    const key = `${this.affiliateId}:${this.steps}`
    const send = () => this.world.adjust(this.affiliateId, key, amount, day(this.now))
    const sent = await Promise.allSettled(sentAgain ? [send(), send(), send()] : [send()])
    if (sent.filter(({ status }) => status === 'fulfilled').length !== 1) throw new Error('One key must be taken exactly once.')
    this.apply(amount > 0 ? ledger.adjustmentCredit(cents(amount)) : ledger.adjustmentDebit(cents(0 - amount)))
  }

  private async clawBack(which: number, share: number): Promise<void> {
    const c = this.commissions[which % Math.max(1, this.commissions.length)]
    if (!c) return
    const target = Math.floor(((c.parts[0].amount + c.parts[1].amount) * share) / 10)
    await this.world.clawBack(c.id, target, `${this.affiliateId}:${this.steps}`, day(this.now))
    const before = [remaining(c, 0), remaining(c, 1)] as const
    const lockedBefore = stillLocked(c)
    const moved = target - c.k
    c.k = target
    const fromLocked = lockedBefore - stillLocked(c)
    if (moved > 0) return this.apply(ledger.commissionClawedBack(cents(fromLocked), cents(moved - fromLocked)))
    this.apply(ledger.commissionReinstated(cents(0 - moved)))
    for (const n of [0, 1] as const) if (c.parts[n].matured) this.apply(ledger.commissionMatured(cents(remaining(c, n) - before[n])))
    if (moved < 0) this.matureModel([c])
  }

  /** A held commission that is clawed back whole and then reinstated is held again, so the hold stays until released. */
  private async release(): Promise<void> {
    for (const c of this.commissions.filter(({ held }) => held)) c.held = false
    await this.world.admin(
      `UPDATE affiliate_commissions SET "decideBy" = NULL, status = CASE WHEN status = 'PENDING_LOCK' THEN 'LOCKED' ELSE status END
        WHERE "affiliateId" = $1 AND "decideBy" IS NOT NULL`,
      [this.affiliateId],
    )
  }

  private matureModel(commissions: readonly ModelCommission[]): void {
    if (this.blocked) return
    for (const c of commissions) {
      if (c.held || stillLocked(c) === 0) continue
      for (const n of [0, 1] as const) {
        if (c.parts[n].matured || c.parts[n].dueAt > day(this.now).getTime()) continue
        this.apply(ledger.commissionMatured(cents(remaining(c, n))))
        c.parts[n].matured = true
      }
    }
  }

  private async withdrawalStep(step: WithdrawalStep): Promise<void> {
    if (step.do === 'withdraw') return this.withdraw(Math.floor((this.expected.AVAILABLE * step.share) / 10))
    const open = this.withdrawal
    if (!open || open.state !== (step.do === 'send back' ? 'paid' : 'open')) return
    const fee = Math.floor((open.gross * 3) / 100)
    const amounts = { gross: cents(open.gross), net: cents(open.gross - fee), fee: cents(fee) }
    if (step.do === 'give back') {
      await open.real.giveBack()
      this.apply(ledger.withdrawalGivenBack('WITHDRAWAL_REJECTED', 'PENDING_REVIEW', amounts))
    } else if (step.do === 'pay') {
      await open.real.pay()
      this.apply(...ledger.withdrawalApproved(amounts), ledger.withdrawalPaid(amounts.net))
    } else {
      await open.real.sendBack()
      this.apply(ledger.withdrawalReturned(amounts.gross))
    }
    open.state = step.do === 'pay' ? 'paid' : 'closed'
  }

  private async withdraw(gross: number): Promise<void> {
    if (gross === 0 || this.withdrawal?.state === 'open') return
    const real = await this.world.withdraw(this.affiliateId, gross, day(this.now))
    this.withdrawal = { gross, state: 'open', real }
    this.apply(ledger.withdrawalRequested(cents(gross)))
  }
}

/** The extended part pays a clawback first. */
function remaining({ parts: [main, extended], k }: ModelCommission, part: 0 | 1): number {
  return part === 0 ? main.amount - Math.max(0, k - extended.amount) : Math.max(0, extended.amount - k)
}

function stillLocked(c: ModelCommission): number {
  return (c.parts[0].matured ? 0 : remaining(c, 0)) + (c.parts[1].matured ? 0 : remaining(c, 1))
}
