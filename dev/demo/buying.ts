import type { Page } from 'playwright-core'
import { query } from './books.ts'
import { codeFor, newPerson } from './sign-in.ts'
import { BUTTON, PRODUCT, type Play } from './play.ts'
import type { Environment } from '#dev/environment/environment.ts'
import { like, word } from './words.ts'

export async function buyerArrives({ teller }: Play, page: Page, link: string): Promise<void> {
  await teller.step('A visitor follows the link to the landing page, and its button to the checkout', async () => {
    const answer = await page.goto(link)
    const landed = new URL(page.url())
    const first = answer?.request().redirectedFrom()
    const status = (await first?.response())?.status()
    if (status !== 302 || !landed.searchParams.has('ck')) throw new Error(`The link answered ${status} and led to ${landed.pathname}.`)
    await teller.picture(page, 'stam-page-de-vente')
    await page.locator(`[data-weokto-button="${BUTTON}"]`).first().click()
    await page.getByLabel(word('identity_email')).waitFor()
    const token = new URL(page.url()).searchParams.has('ck')
    if (!token) throw new Error('The button lost the click token.')
    await teller.picture(page, 'stam-offre')
    return { saw: `302 → ${landed.pathname} → ${new URL(page.url()).pathname}, the click token travelled along without a cookie` }
  })
}

export async function buyerPays({ environment, teller }: Play, page: Page, email: string, card: string): Promise<void> {
  await teller.step('The buyer gives an address and types the card in the vault’s own page', async () => {
    await page.getByLabel(word('identity_email')).fill(email)
    await page.getByRole('button', { name: word('selling_checkout_continue') }).click()
    await answerCode(page, environment, email)
    await typeCard(page, card, () => teller.picture(page, 'stam-carte'))
    await page.getByRole('heading', { name: word('selling_checkout_review_title') }).waitFor()
    return { saw: `the card came back as •••• ${card.slice(-4)}` }
  })
  await teller.step('The order page restates everything above the order button', async () => {
    const order = page.getByRole('button', { name: like('selling_checkout_order') })
    const text = (await order.textContent())?.trim() ?? ''
    if (!/Commander avec obligation de paiement · 49,00.€/.test(text)) throw new Error(`The button says « ${text} ».`)
    await page.getByLabel(word('selling_checkout_age')).check()
    await page.getByLabel(word('selling_checkout_start')).check()
    await teller.picture(page, 'stam-commande')
    return { saw: `the button says « ${text} »` }
  })
  await teller.step('Paid, and in: same tab, welcome channel', async () => {
    await page.getByRole('button', { name: like('selling_checkout_order') }).click()
    await page.getByRole('heading', { name: word('selling_checkout_paid_title') }).waitFor()
    const number = /STAM-\d{4}-\d{6}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0]
    if (!number) throw new Error('No invoice number is shown.')
    await teller.picture(page, 'stam-paye')
    await page.getByRole('button', { name: word('selling_checkout_enter', { community: PRODUCT }) }).click()
    await page.waitForURL(/\/c\/atelier-levain/)
    await page.getByRole('textbox', { name: like('community_chat_compose_in') }).waitFor()
    await teller.picture(page, 'stam-salon')
    return { saw: `invoice ${number}, then ${new URL(page.url()).pathname}` }
  })
}

/** Fills the hosted form inside its frame, and presses its button. */
async function typeCard(page: Page, card: string, before: () => Promise<void> = async () => undefined): Promise<void> {
  const frame = page.frameLocator('iframe')
  await frame.getByLabel('Numéro de carte').fill(card)
  await frame.getByLabel('Nom sur la carte').fill('CLIENT DEMO')
  await frame.getByLabel('Expiration').fill('12/34')
  await frame.getByLabel('Code de sécurité').fill('123')
  await before()
  await frame.getByRole('button', { name: 'Enregistrer la carte' }).click()
}

export async function otherPaths({ browser, environment, teller, run }: Play): Promise<void> {
  await teller.step('A declined card is told in plain words, charges nothing, and another card pays', async () => {
    const buyer = await newPerson(browser, 'home')
    await toCard(buyer, environment, `demo-refus-${run}@clients.test`)
    await typeCard(buyer, '4000000000000002')
    await orderNow(buyer)
    await buyer.getByRole('heading', { name: word('selling_checkout_declined_title') }).waitFor()
    await teller.picture(buyer, 'stam-refuse')
    await buyer.getByRole('button', { name: word('selling_checkout_another_card') }).click()
    await typeCard(buyer, testCard(`${run}7`))
    await orderNow(buyer)
    await buyer.getByRole('heading', { name: word('selling_checkout_paid_title') }).waitFor()
    await buyer.context().close()
    return { saw: 'declined, then paid with another card' }
  })
  await teller.step('The bank asks: the buyer goes there, confirms, comes back and is in', async () => {
    const buyer = await newPerson(browser, 'home')
    await toCard(buyer, environment, `demo-banque-${run}@clients.test`)
    await typeCard(buyer, '4000002500003155')
    await orderNow(buyer)
    await buyer.getByRole('button', { name: 'Confirmer' }).waitFor()
    await teller.picture(buyer, 'banque')
    await buyer.getByRole('button', { name: 'Confirmer' }).click()
    await buyer.getByRole('heading', { name: word('selling_checkout_paid_title') }).waitFor()
    const path = new URL(buyer.url()).pathname
    await buyer.context().close()
    return { saw: `back on ${path}, paid` }
  })
  await teller.step('An abandoned checkout leaves nothing owed and can be begun again', async () => {
    const buyer = await newPerson(browser, 'home')
    const email = `demo-abandon-${run}@clients.test`
    await toCard(buyer, environment, email)
    await buyer.reload()
    await buyer.frameLocator('iframe').getByLabel('Numéro de carte').waitFor()
    await buyer.context().close()
    const rows = await query(
      environment,
      `select 1 from customers c join stam_users u on u.id = c."stamUserId" where u.email = $1 and c.status <> 'INCOMPLETE'`,
      [email],
    )
    if (rows.length > 0) throw new Error('Somebody who paid nothing became a customer.')
    return { saw: 'the reload kept the card step; no access, no invoice paid' }
  })
}

async function toCard(page: Page, environment: Environment, email: string): Promise<void> {
  await page.goto(`${environment.stam}/pay/${BUTTON}`)
  await page.getByLabel(word('identity_email')).fill(email)
  await page.getByRole('button', { name: word('selling_checkout_continue') }).click()
  await answerCode(page, environment, email)
  await page.frameLocator('iframe').getByLabel('Numéro de carte').waitFor()
}

/** Some new addresses are asked for a mailed code before the card. */
async function answerCode(page: Page, environment: Environment, email: string): Promise<void> {
  const asked = page.getByRole('heading', { name: word('selling_checkout_identify_title') })
  const card = page.getByRole('heading', { name: word('selling_checkout_card_title') })
  await asked.or(card).waitFor()
  if (!(await asked.isVisible())) return
  await page.getByRole('textbox').first().click()
  await page.keyboard.type(await codeFor(environment, email))
  await card.waitFor()
}

async function orderNow(page: Page): Promise<void> {
  await page.getByRole('heading', { name: word('selling_checkout_review_title') }).waitFor()
  await page.getByLabel(word('selling_checkout_age')).check()
  await page.getByLabel(word('selling_checkout_start')).check()
  await page.getByRole('button', { name: like('selling_checkout_order') }).click()
}

/** A card of the processor's test range that no earlier run used: one card under two addresses would rightly hold the commission. */
export function testCard(run: string): string {
  const body = `424242${String(Number.parseInt(run, 36) % 1_000_000_000).padStart(9, '0')}`
  const sum = Array.from(body, Number)
    .toReversed()
    .reduce((total, digit, i) => total + (i % 2 === 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}
