import { pgTable } from 'drizzle-orm/pg-core'
import { citext, instant } from './columns.ts'

/** What is known of an address as a place for mail, whoever's it is. `domain/identity/email-state.ts` reads a mark from the four times. */
export const emailStates = pgTable('email_states', {
  email: citext().primaryKey(),
  bouncedAt: instant(),
  complainedAt: instant(),
  provenAt: instant(),
  liftedAt: instant(),
})
