import type { Browser, Page } from 'playwright-core'
import * as z from 'zod'
import { request } from '#dev/http-client.ts'
import { codeIn } from '#dev/stand-ins/mailbox/code-in.ts'
import type { Environment } from '#dev/environment/environment.ts'
import { word } from './words.ts'

const Mails = z.array(z.object({ subject: z.string(), text: z.string(), links: z.array(z.string()) }))

/** Machines that people sit at. A buyer on the affiliate's own machine would rightly have the commission held. */
const MACHINES = { laptop: 'X11; Linux x86_64', office: 'Windows NT 10.0; Win64; x64', home: 'Macintosh; Intel Mac OS X 10_15_7' } as const

/** A person with a browser of their own, French, on a desk. It names itself as a person's does: a headless one is rightly taken for a robot, whose clicks do not count. */
export async function newPerson(browser: Browser, machine: keyof typeof MACHINES): Promise<Page> {
  const userAgent = `Mozilla/5.0 (${MACHINES[machine]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`
  const context = await browser.newContext({
    userAgent,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** Signs in as a person does: asks for the mail, reads it in the mailbox, types its code. */
export async function signIn(page: Page, environment: Environment, site: string, email: string): Promise<string> {
  await page.goto(`${site}/sign-in`)
  await page.getByLabel(word('identity_email')).fill(email)
  await page.getByRole('button', { name: word('identity_signin_send') }).click()
  await page.getByRole('heading', { name: word('identity_signin_sent_title') }).waitFor()
  const code = await codeFor(environment, email)
  await page.getByRole('textbox').first().click()
  await page.keyboard.type(code)
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return code
}

export async function codeFor(environment: Environment, email: string): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await request(`${environment.mailUrl}/api/messages?to=${encodeURIComponent(email)}`)
    const [mail] = Mails.parse(await answer.json())
    const code = codeIn(mail?.text)
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`No mail with a code came for ${email}.`)
}
