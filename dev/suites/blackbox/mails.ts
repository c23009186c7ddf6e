import { expect } from 'vitest'
import * as z from 'zod'
import { Person } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import type { Town } from './fixtures.ts'
import { read } from './wire.ts'

export interface SignInLetter {
  token: string
  code: string
  subject: string
}

let serial = 0

/** An address that nobody used before, so that tests do not read each other's letters. */
export const freshEmail = (name: string): string => `${name}-${(serial += 1)}@people.test`

/** Asks for a letter and reads the newest one that came. */
export async function askLetter(town: Town, person: Person, email: string): Promise<SignInLetter> {
  const before = town.mailbox.letters.list(email).length
  const asked = await person.post('/api/sign-in', { email })
  expect(asked.status).toBe(202)
  return letterAfter(town, email, before)
}

/** The letter that came to an address after the first `before` ones. */
export async function letterAfter(town: Town, email: string, before: number): Promise<SignInLetter> {
  await expect.poll(() => town.mailbox.letters.list(email).length, { timeout: 10_000 }).toBeGreaterThan(before)
  const [letter] = town.mailbox.letters.list(email)
  const [, token = ''] = /#token=([\w-]+)/.exec(letter?.html ?? '') ?? []
  return { token, code: codeIn(letter?.text), subject: letter?.subject ?? '' }
}

/** Signs somebody in by the link, in the browser that asked. */
export async function signIn(town: Town, person: Person, email: string): Promise<Person> {
  const { token } = await askLetter(town, person, email)
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
