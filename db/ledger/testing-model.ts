import { newId } from '#db/id.ts'
import { clawbackTarget } from '#domain/affiliation/clawback.ts'
import * as ledger from '#domain/affiliation/ledger.ts'
import { cents, sumCents } from '#domain/base/money.ts'
import { DAY_MS, day, type LedgerWorld, type When } from './testing.ts'

/** One step of a history. Numbers are shares of what there is at that moment, so that every step means something. */
export type Step =
  | { readonly do: 'earn'; readonly main: number; readonly extended: number; readonly held: boolean; readonly paid: number }
  | { readonly do: 'jump'; readonly hours: number }
  | { readonly do: 'mature'; readonly limit: number; readonly times: number }
  | { readonly do: 'adjust'; readonly amount: number; readonly sentAgain: boolean }
  | { readonly do: 'release' | 'block' }
  | RefundStep
  | WithdrawalStep

/** Of the commission that `which` says; `late` is how many hours ago it was when we hear of it. */
type GiveBackStep = {
  readonly do: 'refund' | 'lose' | 'refund and lose at once'
  readonly which: number
  readonly share: number
  readonly late: number
}
type RefundStep = GiveBackStep | { readonly do: 'win' | 'reject' | 'dispute'; readonly which: number; readonly late: number }

type WithdrawalStep = { readonly do: 'give back' | 'approve' | 'pay' | 'send back' } | { readonly do: 'withdraw'; readonly share: number }

type ModelCommission = {
  id: string
  parts: [Part, Part]
  paid: number
  refunds: { id: string; amount: number; lost: boolean; won: boolean }[]
  k: number
  held: boolean
  disputed: boolean
  rejected: boolean
}
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
  private withdrawal: { gross: number; state: 'open' | 'approved' | 'paid' | 'closed'; real: Withdrawal } | undefined
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
        return this.earn(step)
      case 'jump':
        this.now += step.hours / 24
        return
      case 'mature':
        await Promise.all(Array.from({ length: step.times }, () => this.world.mature(day(this.now), step.limit)))
        return this.matureModel(this.commissions)
      case 'adjust':
        return this.adjust(step.amount, step.sentAgain)
      case 'refund':
      case 'lose':
      case 'refund and lose at once':
      case 'win':
      case 'reject':
      case 'dispute':
        return this.refundStep(step)
      case 'release':
        return this.release()
      case 'block':
        this.blocked = !this.blocked
        await this.world.block(this.affiliateId, this.blocked ? day(this.now) : null)
        return
      case 'withdraw':
      case 'give back':
      case 'approve':
      case 'pay':
      case 'send back':
        return this.withdrawalStep(step)
    }
  }

  /** Lifts what suspends and lets every date pass, so that nothing of this history is due in the next one. */
  async finish(): Promise<void> {
    if (this.blocked) await this.take({ do: 'block' })
    for (const [which, c] of this.commissions.entries()) if (c.disputed) await this.take({ do: 'dispute', which, late: 0 })
    await this.take({ do: 'release' })
    await this.take({ do: 'jump', hours: 24 * 100 })
    await this.take({ do: 'mature', limit: 1000, times: 1 })
  }

  private apply(...postings: readonly ledger.Posting[]): void {
    for (const posting of postings) this.expected = ledger.afterPosting(this.expected, posting)
  }

  private async earn({ main, extended, held, paid }: Step & { do: 'earn' }): Promise<void> {
    const earnedAt = day(this.now)
    // A commission is a part of what the client paid, so that most refunds leave something to be rounded.
    const invoiceTotal = main + extended + paid
    const id = await this.world.earn({ affiliateId: this.affiliateId, main, extended, earnedAt, held, invoiceTotal })
    const part = (amount: number, days: number): Part => ({ amount, dueAt: earnedAt.getTime() + days * DAY_MS, matured: false })
    const parts: [Part, Part] = [part(main, 45), part(extended, 90)]
    this.commissions.push({ id, parts, paid: invoiceTotal, refunds: [], k: 0, held, disputed: false, rejected: false })
    this.apply(ledger.commissionEarned(cents(main + extended)))
  }

  private async adjust(amount: number, sentAgain: boolean): Promise<void> {
    const key = `${this.affiliateId}:${this.steps}`
    const send = () => this.world.adjust(this.affiliateId, key, amount, day(this.now))
    const sent = await Promise.allSettled(sentAgain ? [send(), send(), send()] : [send()])
    if (sent.filter(({ status }) => status === 'fulfilled').length !== 1) throw new Error('One key must be taken exactly once.')
    this.apply(amount > 0 ? ledger.adjustmentCredit(cents(amount)) : ledger.adjustmentDebit(cents(0 - amount)))
  }

  private async refundStep(step: RefundStep): Promise<void> {
    const c = this.commissions[step.which % Math.max(1, this.commissions.length)]
    if (!c) return
    const at = { eventAt: day(this.now - step.late / 24), now: day(this.now) }
    switch (step.do) {
      case 'dispute':
        return this.dispute(c)
      case 'reject':
        await this.reject(c, at)
        break
      case 'win':
        await this.win(c, at)
        break
      case 'refund':
      case 'lose':
      case 'refund and lose at once':
        await this.giveBack(c, step, at)
    }
    this.settle(c)
  }

  private async giveBack(c: ModelCommission, { do: how, share }: GiveBackStep, at: When): Promise<void> {
    const amount = Math.max(1, Math.floor((c.paid * share) / 10))
    const sent: Promise<unknown>[] = []
    for (const lost of [false, true]) {
      if (how === (lost ? 'refund' : 'lose')) continue
      const refund = { id: newId(), amount, lost, won: false }
      c.refunds.push(refund)
      sent.push(lost ? this.world.lose(c.id, amount, at, refund.id) : this.world.refund(c.id, amount, at, refund.id))
    }
    await Promise.all(sent)
  }

  private async win(c: ModelCommission, at: When): Promise<void> {
    const lost = c.refunds.find((refund) => refund.lost && !refund.won)
    if (!lost) return
    await this.world.win(c.id, lost.id, at)
    lost.won = true
  }

  private async reject(c: ModelCommission, at: When): Promise<void> {
    if (!c.held) return
    await this.world.rejectHold(c.id, at)
    c.rejected = true
    c.held = false
  }

  /** An open dispute stops maturing; closing it settles what it left, though no money moves. */
  private async dispute(c: ModelCommission): Promise<void> {
    c.disputed = !c.disputed
    const at = c.disputed ? day(this.now) : null
    await this.world.admin('UPDATE affiliate_commissions SET "disputedAt" = $2 WHERE id = $1', [c.id, at])
    if (!c.disputed) await this.world.settle(c.id, `${c.id}:closed:${this.steps}`, day(this.now))
  }

  private settle(c: ModelCommission): void {
    const sumOf = (refunds: ModelCommission['refunds']) => sumCents(refunds.map(({ amount }) => cents(amount)))
    const target = clawbackTarget({
      totalCents: cents(c.parts[0].amount + c.parts[1].amount),
      invoiceTotalCents: cents(c.paid),
      refundedCents: sumOf(c.refunds),
      wonBackCents: sumOf(c.refunds.filter(({ won }) => won)),
      isHoldRejected: c.rejected,
    })
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
      if (c.held || c.disputed || stillLocked(c) === 0) continue
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
    if (!open) return
    const fee = Math.floor((open.gross * 3) / 100)
    const amounts = { gross: cents(open.gross), net: cents(open.gross - fee), fee: cents(fee) }
    const { state, real } = open
    if (step.do === 'give back' && (state === 'open' || state === 'approved')) {
      const from = state === 'open' ? 'PENDING_REVIEW' : 'APPROVED'
      await real.giveBack(from)
      this.apply(ledger.withdrawalGivenBack('WITHDRAWAL_REJECTED', from, amounts))
      open.state = 'closed'
    } else if (step.do === 'approve' && state === 'open') {
      await real.approve()
      this.apply(...ledger.withdrawalApproved(amounts))
      open.state = 'approved'
    } else if (step.do === 'pay' && state === 'approved') {
      await real.settle()
      this.apply(ledger.withdrawalPaid(amounts.net))
      open.state = 'paid'
    } else if (step.do === 'send back' && state === 'paid') {
      await real.sendBack()
      this.apply(ledger.withdrawalReturned(amounts.gross))
      open.state = 'closed'
    }
  }

  private async withdraw(gross: number): Promise<void> {
    if (gross === 0 || this.withdrawal?.state === 'open' || this.withdrawal?.state === 'approved') return
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
