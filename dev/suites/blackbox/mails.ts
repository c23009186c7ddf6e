import { expect } from 'vitest'
import * as z from 'zod'
import { Person } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import type { Fixtures } from './fixtures.ts'
import { read } from './wire.ts'

export interface SignInMail {
  token: string
  code: string
  subject: string
}

let serial = 0

/** An address that nobody used before, so that tests do not read each other's mails. */
export const freshEmail = (name: string): string => `${name}-${(serial += 1)}@people.test`

/** Asks for a mail and reads the newest one that came. */
export async function askMail(fixtures: Fixtures, person: Person, email: string): Promise<SignInMail> {
  const before = codesTo(fixtures, email).length
  const asked = await person.post('/api/sign-in', { email })
  expect(asked.status).toBe(202)
  return mailAfter(fixtures, email, before)
}

/** The mails to an address that hold a code, the newest first: a receipt comes when the queue brings it. */
export const codesTo = (fixtures: Fixtures, email: string) => fixtures.mailbox.mails.list(email).filter(({ text }) => codeIn(text) !== '')

/** The mail with a code that came to an address after the first `before` ones. */
export async function mailAfter(fixtures: Fixtures, email: string, before: number): Promise<SignInMail> {
  await expect.poll(() => codesTo(fixtures, email).length, { timeout: 10_000 }).toBeGreaterThan(before)
  const [mail] = codesTo(fixtures, email)
  const [, token = ''] = /#token=([\w-]+)/.exec(mail?.html ?? '') ?? []
  return { token, code: codeIn(mail?.text), subject: mail?.subject ?? '' }
}

/** Signs somebody in by the link, in the browser that asked. */
export async function signIn(fixtures: Fixtures, person: Person, email: string): Promise<Person> {
  const { token } = await askMail(fixtures, person, email)
  const confirmed = await person.post('/api/sign-in/confirm', { token })
  expect(confirmed.status).toBe(200)
  return person
}

const me = z.object({ user: z.nullable(z.object({ email: z.string(), role: z.string(), emailUnconfirmed: z.boolean() })) })

/** Who the site takes this browser for; null for a visitor. */
export async function whoIs(person: Person): Promise<{ email: string; role: string; emailUnconfirmed: boolean } | null> {
  return (await read(await person.get('/api/me'), me)).user
}

/** The same browser once more, with the cookies it has now. */
export function copyOf(person: Person, origin = person.origin): Person {
  const copy = new Person(origin)
  for (const [name, value] of person.cookies) copy.cookies.set(name, value)
  return copy
}
