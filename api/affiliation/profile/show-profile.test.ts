import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { USER_TYPES, type UserType } from '#domain/identity/enums.ts'
import { makeAffiliate, makeCommunity, makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { showProfile } from './show-profile.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const as = (person: { id: string; userType: UserType }) => testContext(testServices(t), new Date('2026-05-01T10:00:00Z'), person)

test('the owner sees who an affiliate is and how they stand; whoever is none is not there', async () => {
  const owner = await makePerson(t.db, { userType: 'OWNER' })
  const guild = await makeCommunity(t.db, { platform: 'WEOKTO' })
  const blockedAt = new Date('2026-04-01T10:00:00Z')
  const affiliate = await makeAffiliate(
    t.db,
    { displayName: 'Léa', riskLevel: 'AT_RISK', refundRate: 1818 },
    { currentGuildId: guild.id, blockedAt, blockedReason: 'Vérification' },
  )
  expect(await showProfile(as(owner), { id: affiliate.id })).toEqual({
    id: affiliate.id,
    email: affiliate.email,
    displayName: 'Léa',
    riskLevel: 'AT_RISK',
    refundRate: 1818,
    since: new Date('2026-01-01T00:00:00Z'),
    guildName: guild.name,
    blockedAt,
    blockedReason: 'Vérification',
    trustedAt: null,
  })
  for (const id of [newId(), owner.id]) await expect(showProfile(as(owner), { id })).rejects.toMatchObject({ code: 'not_found' })
})

test.each(USER_TYPES.filter((role) => role !== 'OWNER'))('a person of the role %s is refused', async (userType) => {
  const affiliate = await makeAffiliate(t.db)
  const other = await makePerson(t.db, { userType })
  await expect(showProfile(as(other), { id: affiliate.id })).rejects.toMatchObject({ code: 'forbidden' })
})
