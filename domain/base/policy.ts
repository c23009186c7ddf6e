import * as z from 'zod/mini'
import { AppError } from '#domain/error.ts'
import { RATE_SCALE } from './money.ts'
import { DEFAULT_VAT_COUNTRY, STANDARD_VAT_BPS } from './vat.ts'

const days = z.int().check(z.gte(0), z.lte(3650))
const count = z.int().check(z.gte(1), z.lte(100_000))
const bps = z.int().check(z.gte(0), z.lte(RATE_SCALE))

/** The main part stays within 80–94 % and the extended one is the rest (6–20 %): fixed by the owner's document, whatever the policy says. */
const lockRow = z.strictObject({
  mainPercent: z.int().check(z.gte(80), z.lte(94)),
  mainLockDays: days,
  extendedLockDays: days,
})

export type LockRow = z.infer<typeof lockRow>

const lockTable = z.strictObject({
  NEW: lockRow,
  RECENT: lockRow,
  VALIDATED: lockRow,
  TRUSTED: lockRow,
  AT_RISK: lockRow,
  HIGH_RISK: lockRow,
  EXTREME_RISK: lockRow,
})

const freeAttributionDays = z.strictObject({
  NEW: days,
  RECENT: days,
  VALIDATED: days,
  TRUSTED: days,
  AT_RISK: days,
  HIGH_RISK: days,
  EXTREME_RISK: days,
})

/**
 * `open` sets the click cookie at once; `consent` (the default) only once the visitor agreed, the token meanwhile
 * travelling in the URL; `strict` drops the URL token too until they agreed.
 */
export const CONSENT_MODES = ['open', 'consent', 'strict'] as const

/** Every number of the business that the owner may change, in one versioned object; what is fixed by contract or law is a constant beside its rule. */
export const policySchema = z.strictObject({
  version: z.int().check(z.gte(1)),
  validFrom: z.iso.datetime(),
  lock: lockTable,
  /** Account ages in whole days since the first commission, from which each profile applies. */
  age: z.strictObject({ recentFromDays: days, validatedFromDays: days, trustedFromDays: days }),
  hold: z.strictObject({
    decideWithinDays: days,
    burstSales: count,
    burstHours: count,
    firstDays: days,
    boostMinutes: count,
    /** Domains that count as disposable although the library's list (`isDisposable`) does not name them. */
    disposableDomains: z.array(z.string().check(z.regex(/^[a-z0-9.-]+\.[a-z]{2,}$/))),
  }),
  release: z.strictObject({ decideWithinDays: days }),
  attribution: z.strictObject({ freeDays: freeAttributionDays, endedAfterExpiredDays: days }),
  risk: z.strictObject({
    cohortDays: days,
    minimumSales: count,
    atRiskRate: bps,
    highRiskRate: bps,
    extremeProposedRate: bps,
    cleanDays: days,
    appealAnswerDays: days,
  }),
  withdrawal: z.strictObject({
    minimumCents: z.int().check(z.gte(1)),
    payoutMethodDays: days,
    overdueDays: days,
  }),
  refund: z.strictObject({
    /** Fourteen days is the law's minimum (article L221-18 of the French Consumer Code); the owner may only give more. */
    coolingOffDays: z.int().check(z.gte(14), z.lte(365)),
    decideWithinDays: days,
  }),
  dunning: z.strictObject({ retryDays: z.array(days).check(z.minLength(1), z.maxLength(6)) }),
  vat: z.strictObject({
    defaultCountry: z.string().check(z.regex(/^[A-Z]{2}$/)),
    ratesBps: z.record(z.string().check(z.regex(/^[A-Z]{2}$/)), bps),
  }),
  clicks: z.strictObject({
    consentMode: z.enum(CONSENT_MODES),
    uniqueWindowHours: count,
    /** Unique clicks of one link that one network may make in a day, however many browsers it shows. */
    uniquePerNetworkDay: count,
    keepMonths: count,
  }),
  checkout: z.strictObject({
    minutes: count,
    captureMinutes: count,
    /** Card forms opened in one checkout's life, and by one network in an hour. */
    capturesMost: count,
    capturesPerNetworkHour: count,
    /** One new address in so many is asked for a code too, so that being asked tells nothing about an address; 0 asks none. */
    codeForOneIn: z.int().check(z.gte(0), z.lte(1000)),
  }),
  /** Refused charges, counted over an hour: they are how stolen cards are tried out. Beyond them a mailed code is asked for, then a wait. */
  declines: z.strictObject({
    perCard: count,
    perCheckout: count,
    perNetwork: count,
    /** A button brakes when more than this share of at least so many charges was refused. */
    buttonCharges: count,
    buttonRate: bps,
    waitMinutes: count,
  }),
  guild: z.strictObject({ changeEveryDays: days, affiliateAdmission: z.boolean() }),
  competition: z.strictObject({ finalAfterDays: days }),
  pearls: z.strictObject({ perEuro: z.int().check(z.gte(0), z.lte(1000)) }),
  /** Versions of the texts people accept; a newer version asks again. */
  terms: z.strictObject({ sale: z.string().check(z.minLength(1)), affiliate: z.string().check(z.minLength(1)) }),
  switches: z.strictObject({
    sales: z.boolean(),
    links: z.boolean(),
    payouts: z.boolean(),
    /** Commission on joining a guild; French law on pyramid selling (article L121-15 of the Consumer Code) may forbid it. */
    guildPrograms: z.boolean(),
    passkeyForStaff: z.boolean(),
  }),
})

export type Policy = z.infer<typeof policySchema>

/** The policy that holds until the owner makes another version. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  validFrom: '2025-01-01T00:00:00.000Z',
  lock: {
    NEW: { mainPercent: 80, mainLockDays: 45, extendedLockDays: 90 },
    RECENT: { mainPercent: 85, mainLockDays: 40, extendedLockDays: 60 },
    VALIDATED: { mainPercent: 90, mainLockDays: 35, extendedLockDays: 40 },
    TRUSTED: { mainPercent: 94, mainLockDays: 30, extendedLockDays: 40 },
    AT_RISK: { mainPercent: 80, mainLockDays: 60, extendedLockDays: 90 },
    HIGH_RISK: { mainPercent: 80, mainLockDays: 90, extendedLockDays: 120 },
    EXTREME_RISK: { mainPercent: 80, mainLockDays: 90, extendedLockDays: 180 },
  },
  age: { recentFromDays: 31, validatedFromDays: 61, trustedFromDays: 91 },
  hold: {
    decideWithinDays: 14,
    burstSales: 20,
    burstHours: 48,
    firstDays: 7,
    boostMinutes: 60,
    disposableDomains: ['tempmail.com'],
  },
  release: { decideWithinDays: 30 },
  attribution: {
    freeDays: { NEW: 60, RECENT: 45, VALIDATED: 30, TRUSTED: 30, AT_RISK: 30, HIGH_RISK: 30, EXTREME_RISK: 30 },
    endedAfterExpiredDays: 30,
  },
  risk: {
    cohortDays: 180,
    minimumSales: 10,
    atRiskRate: 1500,
    highRiskRate: 2500,
    extremeProposedRate: 4000,
    cleanDays: 180,
    appealAnswerDays: 14,
  },
  withdrawal: { minimumCents: 3000, payoutMethodDays: 7, overdueDays: 14 },
  refund: { coolingOffDays: 14, decideWithinDays: 7 },
  dunning: { retryDays: [1, 3, 7] },
  vat: { defaultCountry: DEFAULT_VAT_COUNTRY, ratesBps: { ...STANDARD_VAT_BPS } },
  clicks: { consentMode: 'consent', uniqueWindowHours: 24, uniquePerNetworkDay: 20, keepMonths: 25 },
  checkout: { minutes: 30, captureMinutes: 10, capturesMost: 20, capturesPerNetworkHour: 300, codeForOneIn: 8 },
  declines: { perCard: 3, perCheckout: 3, perNetwork: 10, buttonCharges: 20, buttonRate: 5000, waitMinutes: 15 },
  guild: { changeEveryDays: 30, affiliateAdmission: false },
  competition: { finalAfterDays: 15 },
  pearls: { perEuro: 2 },
  terms: { sale: '2026-01', affiliate: '2026-01' },
  switches: { sales: true, links: true, payouts: true, guildPrograms: false, passkeyForStaff: false },
}

/**
 * Reads a policy as the owner submits it: whole, and nothing beside it. Throws AppError `policy_out_of_range` naming each field that is out of its
 * limits. What is stored already is read by `readPolicy`, which refuses nothing.
 *
 * @waitsFor the policy editor
 */
export function parsePolicy(submitted: unknown): Policy {
  const result = policySchema.safeParse(submitted)
  if (!result.success) {
    const fields = result.error.issues.map((issue) => [issue.path.join('.'), issue.message] as const)
    throw new AppError('policy_out_of_range', undefined, Object.fromEntries(fields))
  }
  const unordered = outOfOrder(result.data)
  if (Object.keys(unordered).length > 0) throw new AppError('policy_out_of_range', undefined, unordered)
  return result.data
}

/** The share of the extended part, in percent: what the main part leaves. */
export function extendedPercent(row: LockRow): number {
  return 100 - row.mainPercent
}

/** The groups whose thresholds do not follow one another, each with the order that they should have. */
export function outOfOrder({ age, risk }: Policy): Record<string, string> {
  const fields: Record<string, string> = {}
  if (!(age.recentFromDays <= age.validatedFromDays && age.validatedFromDays <= age.trustedFromDays))
    fields['age'] = 'recent ≤ validated ≤ trusted'
  if (!(risk.atRiskRate <= risk.highRiskRate && risk.highRiskRate <= risk.extremeProposedRate))
    fields['risk'] = 'at risk ≤ high risk ≤ extreme'
  return fields
}
