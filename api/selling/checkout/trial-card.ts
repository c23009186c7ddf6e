import { sql, type SQL } from 'drizzle-orm'
import { customers, paymentAttempts } from '#db/schema/all.ts'

/**
 * Whether a trial of the product was begun with this card, by anybody: the same token, or, where an earlier attempt with this token told the
 * processor's name for the card, the same name. The token alone is not enough: it changes with the spaces in the number.
 */
export function cardHadTrial(productId: string, cardToken: string | null): SQL<boolean> {
  const used = sql`c."productId" = ${productId} and c."trialUsedAt" is not null`
  return sql<boolean>`(
    exists (select from ${customers} c where ${used} and c."trialCardToken" = ${cardToken})
    or exists (select from ${paymentAttempts} known join ${customers} c on ${used} and c."trialCardFingerprint" = known."cardFingerprint"
      where known."cardToken" = ${cardToken}))`
}
