import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { expectBooksBalanced } from '#db/ledger/verify.ts'
import { testsOfChat } from './chat.ts'
import { testsOfClicks } from './clicks.ts'
import { testsOfMachines } from './machines.ts'
import { testsOfOrigins } from './origins.ts'
import { testsOfSale } from './sale.ts'
import { testsOfSessions } from './sessions.ts'
import { testsOfSignIn } from './sign-in.ts'
import { testsOfSites } from './sites.ts'
import { startFixtures, type Target, type Fixtures } from './fixtures.ts'

/** What must hold over HTTP whatever runs the app: written once, run against each target. */
export function blackBox(target: Target): void {
  describe(`the app on ${target.name}`, () => {
    let fixtures: Fixtures
    const here = (): Fixtures => fixtures
    beforeAll(async () => {
      fixtures = await startFixtures(target)
    })
    // All tests come from one network, whose limits are not what is tested here.
    beforeEach(() => fixtures.t.admin('delete from rate_limits'))
    afterAll(async () => {
      await expectBooksBalanced(fixtures.t.admin)
      await fixtures.stop()
    })
    describe('sites', () => testsOfSites(here))
    describe('sign-in', () => testsOfSignIn(here))
    describe('sessions', () => testsOfSessions(here))
    describe('origins', () => testsOfOrigins(here))
    describe('clicks', () => testsOfClicks(here))
    describe('sale', () => testsOfSale(here))
    describe('machines', () => testsOfMachines(here))
    describe('chat', () => testsOfChat(here))
  })
}
