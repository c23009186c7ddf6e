import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captureWebhook } from '#api/adapters/pci-vault/webhook.ts'
import { launchChromium } from '#dev/environment/chromium.ts'
import { charged, nthAt } from '#dev/stand-ins/shared/charge.ts'
import { openParties, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { serve, type Served } from '#dev/stand-ins/shared/serve.ts'
import { tokenOfTestCard } from './cards.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let parties: Parties
let browser: Browser
let site: Served
let frameUrl = ''
beforeAll(async () => {
  parties = await openParties()
  browser = await launchChromium()
  site = await serve({ port: 0 }, async () => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: around(frameUrl),
  }))
})
afterAll(async () => {
  await browser.close()
  await Promise.all([parties.stop(), site.stop()])
})

/** A page of another origin with the vault's page in it, as the checkout has. */
const around = (src: string): string =>
  `<!doctype html><html lang="en"><title>Shop</title><script>window.messages=[];onmessage=(e)=>messages.push(e.data)</script><iframe title="Card" src="${src.replaceAll('&', '&amp;')}" width="320" height="640" style="border:0"></iframe>`

async function pageFor(reference: string, locale: 'fr' | 'en'): Promise<string> {
  const webhook = { url: `${parties.listener.url}/${reference}`, secret: 'capture-secret-of-tests', metadata: {} }
  return (await parties.cards.createCapture({ reference, ttlMinutes: 10, webhook, site: 'STAM', locale })).iframeUrl
}

async function violations(page: Page): Promise<unknown> {
  await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe))
  return page.evaluate('axe.run().then((result) => result.violations.map((each) => each.id))')
}

async function open(url: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 700 }, bypassCSP: true })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

describe('the hosted page in a browser', () => {
  it('takes a card inside another site and hints to the page around it', async () => {
    frameUrl = await pageFor('b1', 'en')
    const page = await open(site.url, 360)
    const frame = page.frameLocator('iframe')
    await frame.getByLabel('Card number').pressSequentially('4242424242424242')
    expect(await frame.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242')
    await frame.getByLabel('Name on card').fill('Camille Martin')
    await frame.getByLabel('Expiry').pressSequentially('1240')
    expect(await frame.getByLabel('Expiry').inputValue()).toBe('12/40')
    await frame.getByLabel('Security code').fill('123')
    await frame.getByRole('button', { name: 'Save card' }).click()
    await frame.getByText(/Card saved ••••\s4242/).waitFor()
    const card = captureWebhook.parse(JSON.parse((await nthAt(parties, '/b1')).body))
    expect(card).toMatchObject({ token: tokenOfTestCard('4242424242424242'), last4: '4242', expMonth: 12, expYear: 2040 })
    expect(await charged(parties, card)).toMatchObject({ kind: 'succeeded' })
    const told = await page.evaluate('JSON.stringify(messages)')
    expect(told).toContain('"event":"success"')
    expect(told).not.toContain('4242')
    await page.context().close()
  })

  it('says what is wrong where it is wrong, in French, and stays as narrow as a small phone', async () => {
    const page = await open(await pageFor('b2', 'fr'), 320)
    await page.getByRole('button', { name: 'Enregistrer la carte' }).click()
    await page.getByText('Saisissez le numéro de la carte.').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('card_number')
    await page.getByLabel('Numéro de carte').fill('4242 4242 4242 4241')
    await page.getByText('Ce numéro n’existe pas').waitFor()
    await page.getByLabel('Expiration').fill('01/20')
    await page.getByText('Cette carte a expiré.').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })

  it('fills in test cards for who asks, and says when its time is over', async () => {
    const page = await open(await pageFor('b3', 'en'), 320)
    await page.getByText('Test cards').click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '3782 822463 10005' }).click()
    expect(await page.getByLabel('Security code').inputValue()).toBe('1234')
    parties.vault.vault.captures.clear()
    await page.getByRole('button', { name: 'Save card' }).click()
    await page.getByText('This form has expired').waitFor()
    await page.reload()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })
})

describe('the bank in a browser', () => {
  it('asks with the amount in sight and sends the buyer back', async () => {
    const answer = await charged(parties, { token: tokenOfTestCard('4000002500003155'), reference: 'r' })
    if (answer.kind !== 'requires_action') throw new Error(answer.kind)
    const page = await open(`${answer.redirectUrl}&lang=en`, 320)
    expect(await page.getByText('€49.00').isVisible()).toBe(true)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.waitForURL(/\/back\?.*redirect_status=succeeded/)
    await page.context().close()
  })
})
