import { expect } from 'vitest'
import type { Person } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import type { Site } from './site.ts'

/** The link and the code of the newest mail to an address that holds any, once everything that was to be sent has been. */
export async function newestMail(site: Site, email: string): Promise<{ token: string; code: string }> {
  await site.services.runtime.settled()
  const mail = site.mailbox.mails.list(email).find(({ text }) => codeIn(text) !== '')
  return { token: /#token=([\w-]+)/.exec(mail?.html ?? '')?.[1] ?? '', code: codeIn(mail?.text) }
}

/** Signs somebody in by the link, in the browser that asked. */
export async function signIn(site: Site, person: Person, email: string): Promise<Person> {
  expect((await person.post('/api/sign-in', { email })).status).toBe(202)
  const { token } = await newestMail(site, email)
  expect((await person.post('/api/sign-in/confirm', { token })).status).toBe(200)
  return person
}
