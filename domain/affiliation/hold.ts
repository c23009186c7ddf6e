import { isSameMailbox } from '#domain/base/email-address.ts'
import type { Locale } from '#domain/base/enums.ts'
import type { Policy } from '#domain/base/policy.ts'
import { addDays, addHours, addMinutes } from '#domain/base/time.ts'
import { frenchSpaces } from '#domain/base/typography.ts'
import type { LockProfile } from './enums.ts'

/** Why a commission waits for the owner. The order is the one in which reasons are shown. */
export const HOLD_REASONS = ['own_email', 'same_card', 'own_device', 'disposable_email', 'sales_burst', 'fresh_boost', 'no_guild'] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

export type HoldFacts = {
  readonly buyerEmail: string
  readonly affiliateEmail: string
  /** The buyer's address is one of those that are thrown away (`isDisposable`). */
  readonly isDisposable: boolean
  /** The card's token belongs to a customer with another e-mail too. */
  readonly isCardOfAnotherCustomer: boolean
  /** The buyer's visitor hash, or that of the day before, is one that the affiliate's own session had within 24 hours. */
  readonly isAffiliatesDevice: boolean
  readonly affiliateSince: Date
  /** The affiliate's sales in the policy's window before this one, this one included. */
  readonly recentSales: number
  readonly profile: LockProfile
  /** When the boost that raises this sale was redeemed; null without one. */
  readonly boostRedeemedAt: Date | null
  readonly hasGuild: boolean
  /** The owner trusts this affiliate: no automatic holds. */
  readonly isTrusted: boolean
}

/**
 * Since when sales count for the burst rule. Runs as SQL in `hold_facts`, which counts where the sales are; held equal by paid-at-once.test.ts.
 *
 * @runsAsSql hold_facts (api/selling/payment/paid-at-once.test.ts)
 */
export function burstWindowStart(policy: Policy, now: Date): Date {
  return addHours(now, -policy.hold.burstHours)
}

/** Whether the burst rule looks at this affiliate at all: it is for the account's first days. */
export function burstMayHold(
  { affiliateSince, isTrusted }: Pick<HoldFacts, 'affiliateSince' | 'isTrusted'>,
  policy: Policy,
  now: Date,
): boolean {
  return !isTrusted && now < addDays(affiliateSince, policy.hold.firstDays)
}

/** Every reason to hold the commission of a sale at `now`, in the order of HOLD_REASONS; empty for an ordinary sale and for a trusted affiliate. */
export function holdReasons(facts: HoldFacts, policy: Policy, now: Date): HoldReason[] {
  if (facts.isTrusted) return []
  const { hold } = policy
  const boostedAt = facts.boostRedeemedAt
  const applies: Record<HoldReason, boolean> = {
    own_email: isSameMailbox(facts.buyerEmail, facts.affiliateEmail),
    same_card: facts.isCardOfAnotherCustomer,
    own_device: facts.isAffiliatesDevice,
    disposable_email: facts.isDisposable,
    sales_burst: burstMayHold(facts, policy, now) && facts.recentSales >= hold.burstSales,
    fresh_boost: facts.profile === 'NEW' && boostedAt !== null && boostedAt >= addMinutes(now, -hold.boostMinutes),
    no_guild: !facts.hasGuild,
  }
  return HOLD_REASONS.filter((reason) => applies[reason])
}

const TEXTS: Readonly<Record<HoldReason, { readonly owner: Record<Locale, string>; readonly affiliate: Record<Locale, string> }>> = {
  own_email: {
    owner: {
      fr: "L'e-mail de l'acheteur est celui de l'affilié (à la casse, aux points ou au +tag près).",
      en: 'The buyer’s e-mail is the affiliate’s (but for case, dots or a +tag).',
    },
    affiliate: {
      fr: "L'adresse de l'acheteur ressemble à la vôtre : nous vérifions que ce n'est pas votre propre achat.",
      en: 'The buyer’s address looks like yours: we are checking that this is not your own purchase.',
    },
  },
  same_card: {
    owner: {
      fr: "La même carte a servi à un client d'une autre adresse.",
      en: 'The same card was used by a customer with another address.',
    },
    affiliate: {
      fr: "La carte de l'acheteur a déjà servi sous une autre adresse : nous vérifions cette vente.",
      en: 'The buyer’s card was used under another address before: we are checking this sale.',
    },
  },
  own_device: {
    owner: {
      fr: "L'achat vient du même réseau et du même navigateur qu'une session de l'affilié ce jour-là.",
      en: 'The purchase came from the same network and browser as a session of the affiliate that day.',
    },
    affiliate: {
      fr: "L'achat semble venir de votre propre appareil : nous vérifions cette vente.",
      en: 'The purchase seems to come from your own device: we are checking this sale.',
    },
  },
  disposable_email: {
    owner: { fr: "L'acheteur utilise une adresse jetable.", en: 'The buyer uses a disposable address.' },
    affiliate: {
      fr: "L'acheteur a utilisé une adresse temporaire : nous vérifions cette vente.",
      en: 'The buyer used a temporary address: we are checking this sale.',
    },
  },
  sales_burst: {
    owner: {
      fr: 'Beaucoup de ventes en 48 heures pendant la première semaine du compte.',
      en: 'Many sales within 48 hours in the account’s first week.',
    },
    affiliate: {
      fr: 'Beau démarrage ! Autant de ventes dès la première semaine demandent une vérification.',
      en: 'A great start! So many sales in the first week call for a check.',
    },
  },
  fresh_boost: {
    owner: {
      fr: "Un boost a été activé dans l'heure précédant la vente par un compte récent.",
      en: 'A recent account redeemed a boost within the hour before the sale.',
    },
    affiliate: {
      fr: "Vous avez activé un boost moins d'une heure avant cette vente : nous la vérifions.",
      en: 'You redeemed a boost less than an hour before this sale: we are checking it.',
    },
  },
  no_guild: {
    owner: { fr: "L'affilié n'est dans aucune guilde.", en: 'The affiliate is in no guild.' },
    affiliate: {
      fr: "Vous n'êtes dans aucune guilde : rejoignez-en une pour que cette vente soit examinée.",
      en: 'You are in no guild: join one so that this sale can be reviewed.',
    },
  },
}

/** The reason in plain words, as the owner or as the affiliate reads it. */
export function holdText(reason: HoldReason, reader: 'owner' | 'affiliate', locale: Locale): string {
  const sentence = TEXTS[reason][reader][locale]
  return locale === 'fr' ? frenchSpaces(sentence) : sentence
}
