import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#dev/environment/root.ts'
import { rightsWrittenIn } from '#dev/testing/rights-writes.ts'

/** Writes something that a right to read rests on, and takes nothing from anybody: what exactly, and why. */
const TAKES_NOTHING: Readonly<Record<string, { writes: string[]; why: string }>> = {
  'api/identity/session/touch-session.ts': {
    writes: ['stamSessions.expiresAt', 'weoktoSessions.expiresAt'],
    why: 'A session that is used ends later.',
  },
  'api/identity/setup/open-business.ts': {
    writes: ['weoktoUsers.userType'],
    why: 'The first owner may do all that they could before, and more.',
  },
  'api/purge-expired.ts': {
    writes: ['stamSessions (deleted)', 'weoktoSessions (deleted)'],
    why: 'These ended by themselves, and the rooms saw it within five minutes.',
  },
}

/** The statement itself, or one of the two that are made of it. */
const CLOSES = /\b(?:closeSockets|endSessions|endUnproven)\(/

const useCases = readdirSync(join(ROOT, 'api'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('testing.ts'))
  .map((file) => ({ file: `api/${file}`, text: readFileSync(join(ROOT, 'api', file), 'utf8') }))

test('whatever takes access away closes the sockets of those it is taken from', () => {
  const silent = useCases
    .filter(({ text }) => !CLOSES.test(text))
    .map(({ file, text }) => {
      const excepted = TAKES_NOTHING[file]?.writes ?? []
      return { file, writes: rightsWrittenIn(text).filter((write) => !excepted.includes(write)) }
    })
    .filter(({ writes }) => writes.length > 0)
  expect(silent.map(({ file, writes }) => `${file}: ${writes.join(', ')}`)).toEqual([])
})

test('no exception outlives its reason', () => {
  const kept = Object.entries(TAKES_NOTHING).map(([file, { writes }]) => {
    const text = useCases.find((useCase) => useCase.file === file)?.text ?? ''
    return [file, CLOSES.test(text) ? [] : rightsWrittenIn(text).filter((write) => writes.includes(write))]
  })
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(Object.entries(TAKES_NOTHING).map(([file, { writes }]) => [file, writes])))
})

test.each([
  [`await ctx.db.delete(stamSessions).where(eq(stamSessions.token, hash))`, ['stamSessions (deleted)']],
  [`const table = isWeokto ? weoktoSessions : stamSessions\nctx.db.delete(table)`, ['stamSessions (deleted)', 'weoktoSessions (deleted)']],
  ['ctx.db.execute(sql`delete from weokto_sessions where id = ${id}`)', ['weoktoSessions (deleted)']],
  ['sql`delete from ${stamSessions} where id = ${id}`', ['stamSessions (deleted)']],
  [`db.update(weoktoUsers).set({ bannedAt: ctx.now, updatedAt: ctx.now }).where(one)`, ['weoktoUsers.bannedAt']],
  [`db\n  .update(weoktoUsers)\n  .set({\n    userType: input.role,\n  })\n  .where(one)`, ['weoktoUsers.userType']],
  [`db.update(customers).set({ status: 'EXPIRED', updatedAt: now })`, ['customers.status']],
  ['sql`update customers set status = ${status}, "updatedAt" = ${now} where id = ${id}`', ['customers.status']],
  ['sql`update community_members set "isActive" = false where id = ${id}`', ['communityMembers.isActive']],
  [`db.update(communityMembers).set({ role }).where(one)`, ['communityMembers.role']],
  [`db.update(channels).set({ isPrivate: true })`, ['channels.isPrivate']],
  [`db.update(communities).set({ isActive: input.isActive })`, ['communities.isActive']],
  [`db.delete(productAccess).where(one)`, ['productAccess (deleted)']],
  [`const values = { status, updatedAt: now }\ndb.update(customers).set(values)`, ['customers.status']],
  [
    `const set = { bannedAt: null }\ndb.insert(stamUsers).values(p).onConflictDoUpdate({ target: stamUsers.email, set })`,
    ['stamUsers.bannedAt'],
  ],
  [`db.update(stamUsers).set({ emailVerifiedAt: now }).where(isNull(stamUsers.bannedAt))`, []],
  ['sql`update community_members set "lastReadAt" = ${now} where id = ${id} and "isActive"`', []],
  [`db.insert(communityMembers).values({ id, role: 'MEMBER' }).onConflictDoNothing()`, []],
  [`db.update(customers).set({ ...changes, updatedAt: now }).where(one)`, ['customers (unreadable)']],
  [`db.update(customers).set(changesOf(input)).where(one)`, ['customers (unreadable)']],
  [`remembered.delete(code)`, []],
])('%s', (text, writes) => {
  expect(rightsWrittenIn(text)).toEqual(writes)
})
