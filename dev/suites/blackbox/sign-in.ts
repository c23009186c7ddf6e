import { expect, test } from 'vitest'
import { askMail, copyOf, freshEmail, whoIs } from './mails.ts'
import type { Fixtures } from './fixtures.ts'
import { refusalOf } from './wire.ts'

export function testsOfSignIn(fixtures: () => Fixtures): void {
  test('fifty redemptions of one link at once make one session', async () => {
    const { t } = fixtures()
    const email = freshEmail('fifty')
    const person = fixtures().weokto()
    const { token } = await askMail(fixtures(), person, email)
    const tabs = Array.from({ length: 50 }, () => copyOf(person))
    const answers = await Promise.all(tabs.map((tab) => tab.post('/api/sign-in/confirm', { token })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 49 }, () => 410)])
    expect(
      await t.admin(`select count(*)::int as n from weokto_sessions s join weokto_users u on u.id = s."userId" where u.email = $1`, [
        email,
      ]),
    ).toEqual([{ n: 1 }])
    const winner = tabs.find((tab) => tab.cookies.has('session'))
    expect(winner && (await whoIs(winner))).toMatchObject({ email, role: 'CLIENT' })
  })

  test('looking at a link consumes nothing', async () => {
    const email = freshEmail('looking')
    const person = fixtures().stam()
    const { token } = await askMail(fixtures(), person, email)
    for (const method of ['GET', 'HEAD'] as const) {
      for (const path of [`/sign-in/confirm?token=${token}`, `/api/sign-in/confirm?token=${token}`]) await person.fetch(path, { method })
    }
    expect(await whoIs(person)).toBeNull()
    expect((await person.post('/api/sign-in/confirm', { token })).status).toBe(200)
    expect(await whoIs(person)).toMatchObject({ email })
  })

  test('another browser needs the code of the same mail', async () => {
    const email = freshEmail('elsewhere')
    const { token, code } = await askMail(fixtures(), fixtures().stam(), email)
    const phone = fixtures().stam()
    const alone = await phone.post('/api/sign-in/confirm', { token })
    expect(await refusalOf(alone)).toEqual([403, 'code_needed'])
    expect(await whoIs(phone)).toBeNull()
    expect((await phone.post('/api/sign-in/confirm', { token, code })).status).toBe(200)
    expect(await whoIs(phone)).toMatchObject({ email })
  })

  test('the code alone serves the browser that asked and nobody else', async () => {
    const email = freshEmail('typed')
    const asker = fixtures().weokto()
    const { code } = await askMail(fixtures(), asker, email)
    const stranger = await fixtures().weokto().post('/api/sign-in/confirm', { email, code })
    expect(await refusalOf(stranger)).toEqual([410, 'link_expired'])
    expect((await asker.post('/api/sign-in/confirm', { email, code })).status).toBe(200)
  })

  test('after five wrong codes the right one is dead too, and so is the link', async () => {
    const email = freshEmail('guessing')
    const person = fixtures().weokto()
    const { token, code } = await askMail(fixtures(), person, email)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await person.post('/api/sign-in/confirm', { email, code: wrong })
      expect(await refusalOf(answer)).toEqual([422, 'code_wrong'])
    }
    for (const proof of [{ email, code }, { token }, { token, code }]) {
      expect(await refusalOf(await person.post('/api/sign-in/confirm', proof))).toEqual([410, 'link_expired'])
    }
    expect(await whoIs(person)).toBeNull()
  })

  test('guessing codes all at once gives no more than five tries', async () => {
    const email = freshEmail('storm')
    const person = fixtures().weokto()
    const { code } = await askMail(fixtures(), person, email)
    const guesses = Array.from({ length: 8 }, (_, n) => String((Number(code) + n + 1) % 1_000_000).padStart(6, '0'))
    const answers = await Promise.all(guesses.map((guess) => copyOf(person).post('/api/sign-in/confirm', { email, code: guess })))
    const said = await Promise.all(answers.map(refusalOf))
    expect(said.filter(([, why]) => why === 'code_wrong')).toHaveLength(5)
    expect(await refusalOf(await person.post('/api/sign-in/confirm', { email, code }))).toEqual([410, 'link_expired'])
  })
}
