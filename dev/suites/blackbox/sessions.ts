import { expect, test } from 'vitest'
import * as z from 'zod'
import { unaskedAddress } from '#dev/testing/addresses.ts'
import { buy } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { askMail, copyOf, freshEmail, signIn, whoIs } from './mails.ts'
import type { Fixtures } from './fixtures.ts'
import { read, refusalOf } from './wire.ts'

const sessionList = z.object({ sessions: z.array(z.object({ id: z.string() })) })

export function testsOfSessions(fixtures: () => Fixtures): void {
  test('the other site knows neither the link nor the session', async () => {
    const email = freshEmail('other-site')
    const person = fixtures().weokto()
    const { token, code } = await askMail(fixtures(), person, email)
    const there = copyOf(person, fixtures().edge.stam)
    expect(await refusalOf(await there.post('/api/sign-in/confirm', { token, code }))).toEqual([410, 'link_expired'])
    await person.post('/api/sign-in/confirm', { token })
    const carried = copyOf(person, fixtures().edge.stam)
    expect(await whoIs(carried)).toBeNull()
    expect((await carried.get('/api/sessions')).status).toBe(401)
  })

  test('signing out kills the session wherever it was copied to; one session can end another', async () => {
    const email = freshEmail('leaving')
    const laptop = await signIn(fixtures(), fixtures().weokto(), email)
    const phone = await signIn(fixtures(), fixtures().weokto(), email)
    const { sessions } = await read(await laptop.get('/api/sessions'), sessionList)
    expect(sessions).toHaveLength(2)
    const stolen = copyOf(laptop)
    expect((await laptop.post('/api/sign-out', {})).status).toBe(200)
    expect(laptop.cookies.has('session')).toBe(false)
    expect(await whoIs(stolen)).toBeNull()
    expect(await whoIs(phone)).toMatchObject({ email })
    const left = await read(await phone.get('/api/sessions'), sessionList)
    expect((await phone.fetch(`/api/sessions/${left.sessions[0]?.id ?? ''}`, { method: 'DELETE' })).status).toBe(200)
    expect(await whoIs(phone)).toBeNull()
  })

  test('a ban and a change of role act on the next request', async () => {
    const { t } = fixtures()
    const email = freshEmail('demoted')
    const person = await signIn(fixtures(), fixtures().weokto(), email)
    await t.admin(`update weokto_users set "userType" = 'AFFILIATE' where email = $1`, [email])
    expect((await person.get('/api/affiliate/home')).status).toBe(200)
    await t.admin(`update weokto_users set "userType" = 'CLIENT' where email = $1`, [email])
    expect((await person.get('/api/affiliate/home')).status).toBe(403)
    await t.admin(`update weokto_users set "bannedAt" = now() where email = $1`, [email])
    expect(await whoIs(person)).toBeNull()
  })

  test('a dump of the database opens nothing', async () => {
    const { t } = fixtures()
    const email = freshEmail('dump')
    const person = fixtures().stam()
    const { token, code } = await askMail(fixtures(), person, email)
    const links = await t.admin<{ token: string; codeHash: string }>(`select token, "codeHash" from magic_link_tokens where email = $1`, [
      email,
    ])
    const mails = await t.admin<{ payload: string }>('select payload from outbox')
    const dump = JSON.stringify([links, mails])
    expect(dump).not.toContain(token)
    expect(dump).not.toContain(`"${code}"`)
    for (const stored of links) expect((await person.post('/api/sign-in/confirm', { token: stored.token })).status).toBe(410)
    await person.post('/api/sign-in/confirm', { token })
    const [session] = await t.admin<{ token: string }>(
      `select s.token from stam_sessions s join stam_users u on u.id = s."userId" where u.email = $1`,
      [email],
    )
    const thief = fixtures().stam()
    thief.cookies.set('session', session?.token ?? '')
    expect(await whoIs(thief)).toBeNull()
  })

  test('asking says the same of an address that is known, unknown or banned', async () => {
    const known = freshEmail('known')
    await signIn(fixtures(), fixtures().stam(), known)
    const said = async (email: string) => {
      const answer = await fixtures().stam().post('/api/sign-in', { email })
      return [answer.status, await answer.json()]
    }
    expect(await said(known)).toEqual(await said(freshEmail('unknown')))
  })

  test('somebody banned is not let in, and the link is spent on nobody', async () => {
    const { t } = fixtures()
    const email = freshEmail('banned')
    await signIn(fixtures(), fixtures().stam(), email)
    await t.admin(`update stam_users set "bannedAt" = now() where email = $1`, [email])
    const person = fixtures().stam()
    const { token } = await askMail(fixtures(), person, email)
    expect(await refusalOf(await person.post('/api/sign-in/confirm', { token }))).toEqual([403, 'banned'])
    expect(await whoIs(person)).toBeNull()
  })

  test('whoever bought under an address is out when its owner shows that it is theirs', async () => {
    const offer = await makeOffer(fixtures().t.db)
    const email = await unaskedAddress('unconfirmed', fixtures().edge.environment['CODE_SECRET'] ?? '')
    const buyer = fixtures().stam()
    const paid = await buy(buyer, { buttonKey: offer.button.buttonKey, email })
    await buyer.post(`/api/checkouts/${paid.id}/enter`, {})
    expect(await whoIs(buyer)).toMatchObject({ email, emailUnconfirmed: true })
    const holder = await signIn(fixtures(), fixtures().stam(), email)
    expect(await whoIs(buyer)).toBeNull()
    expect(await whoIs(holder)).toMatchObject({ email, emailUnconfirmed: false })
  })
}
