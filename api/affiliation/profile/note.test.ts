import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { testDatabase, type TestDatabase } from '#db/testing.ts'
import { MAX_NOTE_LENGTH } from '#domain/affiliation/note.ts'
import type { UserType } from '#domain/identity/enums.ts'
import { makeAffiliate, makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { showAffiliate } from '#api/overview/show-affiliate.ts'
import { listAllPeople, ListPeople } from '#api/identity/person/list-all.ts'
import { showMe } from '#api/identity/person/show-me.ts'
import { showNote } from './show-note.ts'
import { showProfile } from './show-profile.ts'
import { writeNote } from './write-note.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const now = new Date('2026-05-01T10:00:00Z')
const later = new Date('2026-05-02T10:00:00Z')

async function world() {
  const [owner, partner, affiliate] = await Promise.all([
    makePerson(t.db, { userType: 'OWNER', displayName: 'Camille' }),
    makePerson(t.db, { userType: 'OWNER' }),
    makeAffiliate(t.db),
  ])
  const as = (person: { id: string; userType: UserType }, at = now) => testContext(testServices(t), at, person)
  return { owner, partner, affiliate, as }
}

const lines = (affiliateId: string) =>
  t.admin(
    `select "actorId", action, before ->> 'note' as before, after ->> 'note' as after from audit_log where "targetId" = $1 order by "createdAt"`,
    [affiliateId],
  )

test('the owner writes a note, changes it and takes it away; who wrote it and each word that stood stays in the log', async () => {
  const { owner, partner, affiliate, as } = await world()
  const { id } = affiliate
  expect(await showNote(as(owner), { id })).toEqual({ text: null, version: 0, writtenAt: null, writtenBy: null })

  const first = await writeNote(as(owner), { id, text: 'À rappeler', version: 0 })
  expect(await showNote(as(partner), { id })).toEqual({ text: 'À rappeler', version: 1, writtenAt: now, writtenBy: 'Camille' })
  expect(first).toMatchObject({ text: 'À rappeler', version: 1, writtenAt: now })

  await writeNote(as(partner, later), { id, text: 'Rappelé', version: 1 })
  expect(await showNote(as(owner), { id })).toEqual({ text: 'Rappelé', version: 2, writtenAt: later, writtenBy: partner.email })

  await writeNote(as(owner, new Date('2026-05-03T10:00:00Z')), { id, text: '', version: 2 })
  expect(await showNote(as(owner), { id })).toMatchObject({ text: null, version: 3 })
  // Taking it back writes the same words as the next version.
  await writeNote(as(owner, new Date('2026-05-03T10:00:05Z')), { id, text: 'Rappelé', version: 3 })

  expect(await lines(id)).toEqual([
    { actorId: owner.id, action: 'affiliate.note_written', before: null, after: 'À rappeler' },
    { actorId: partner.id, action: 'affiliate.note_written', before: 'À rappeler', after: 'Rappelé' },
    { actorId: owner.id, action: 'affiliate.note_removed', before: 'Rappelé', after: null },
    { actorId: owner.id, action: 'affiliate.note_written', before: null, after: 'Rappelé' },
  ])
})

describe('two pages at once', () => {
  test('the second is told, and neither text is lost', async () => {
    const { owner, affiliate, as } = await world()
    const { id } = affiliate
    await writeNote(as(owner), { id, text: 'Premier', version: 0 })
    await expect(writeNote(as(owner), { id, text: 'Second', version: 0 })).rejects.toMatchObject({ code: 'note_changed' })
    expect(await showNote(as(owner), { id })).toMatchObject({ text: 'Premier', version: 1 })
    expect(await lines(id)).toHaveLength(1)
    // The same words again, as after an answer that was lost, are no contradiction.
    expect(await writeNote(as(owner), { id, text: 'Premier', version: 0 })).toMatchObject({ version: 1 })
    expect(await lines(id)).toHaveLength(1)
  })

  test.each([0, 1])('one of ten that write in the same instant over version %i wins, with its one line', async (version) => {
    const { owner, affiliate, as } = await world()
    const { id } = affiliate
    if (version === 1) await writeNote(as(owner), { id, text: 'Avant', version: 0 })
    const texts = Array.from({ length: 10 }, (_, n) => `Texte ${n}`)
    const ends = await Promise.allSettled(texts.map((text) => writeNote(as(owner, later), { id, text, version })))
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
    expect(refusals).toHaveLength(9)
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'note_changed' })
    const stands = await showNote(as(owner), { id })
    expect(stands.version).toBe(version + 1)
    expect(texts).toContain(stands.text)
    expect((await lines(id)).at(-1)).toMatchObject({ after: stands.text })
    expect(await lines(id)).toHaveLength(version + 1)
  })
})

test.each(['ADMIN', 'PRODUCT_MANAGER', 'AFFILIATE', 'CLIENT'] as const)(
  'a person of the role %s can neither read nor write it',
  async (userType) => {
    const { affiliate, as } = await world()
    const other = await makePerson(t.db, { userType })
    const { id } = affiliate
    for (const person of [other, ...(userType === 'AFFILIATE' ? [affiliate] : [])]) {
      await expect(showNote(as(person), { id })).rejects.toMatchObject({ code: 'forbidden' })
      await expect(writeNote(as(person), { id, text: 'Moi', version: 0 })).rejects.toMatchObject({ code: 'forbidden' })
      await expect(showProfile(as(person), { id })).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await lines(id)).toEqual([])
  },
)

test('whoever is no affiliate has no note', async () => {
  const { owner, as } = await world()
  for (const id of [newId(), owner.id]) {
    await expect(showNote(as(owner), { id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(writeNote(as(owner), { id, text: 'A', version: 0 })).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('what affiliates and staff are answered has nothing of it', async () => {
  const { owner, affiliate, as } = await world()
  const secret = 'Marque-secrète'
  await writeNote(as(owner), { id: affiliate.id, text: secret, version: 0 })
  const admin = await makePerson(t.db, { userType: 'ADMIN' })
  const told = [
    showMe(as(affiliate)),
    await showAffiliate(as(affiliate)),
    await listAllPeople(as(admin), ListPeople.parse({ size: 100 })),
    await showProfile(as(owner), { id: affiliate.id }),
  ]
  expect(JSON.stringify(told)).not.toContain(secret)
  expect(JSON.stringify(told).match(/note/i)?.[0]).toBeUndefined()
})

test('a text as long as it may be, of letters that take many bytes, is kept whole', async () => {
  const { owner, affiliate, as } = await world()
  const text = '👩🏽‍🚀'.repeat(MAX_NOTE_LENGTH)
  await writeNote(as(owner), { id: affiliate.id, text, version: 0 })
  expect((await showNote(as(owner), { id: affiliate.id })).text).toBe(text)
})
