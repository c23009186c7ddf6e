import type { Browser, Page } from 'playwright-core'
import { Client } from 'pg'
import { newPerson, signIn } from './people.ts'
import type { Stage } from './stage.ts'
import type { Teller } from './teller.ts'
import { like, word } from './words.ts'

const PRODUCT = 'Atelier Levain'
const BUTTON = 'atelier-levain-mensuel'
const DAY_MS = 86_400_000
const FIVE_MINUTES = '*/5 * * * *'

interface Play {
  browser: Browser
  stage: Stage
  teller: Teller
  /** Different at each run, so that a demo can be played again on the same database. */
  run: string
}

/** The product's main job, as its people live it: click → purchase → commission → maturation → chat. Throws at the first step that is not right. */
export async function playMainJob(play: Play): Promise<void> {
  const affiliate = await newPerson(play.browser, 'laptop')
  const link = await affiliateMakesLink(play, affiliate)
  const buyer = await newPerson(play.browser, 'home')
  const email = `demo-${play.run}@clients.test`
  await buyerArrives(play, buyer, link)
  await buyerPays(play, buyer, email, testCard(play.run))
  await buyersChat(play, buyer)
  const sale = await affiliateSees(play, affiliate, email)
  await ownerSees(play, email)
  await timePasses(play, affiliate, sale)
  await otherPaths(play)
}

async function affiliateMakesLink({ stage, teller, run }: Play, page: Page): Promise<string> {
  await teller.step('An affiliate signs in with the code of the mail', async () => {
    await page.goto(stage.weokto)
    await teller.picture(page, 'weokto-accueil-public')
    const code = await signIn(page, stage, stage.weokto, 'nouveau@affilies.test')
    await page.getByRole('main').waitFor()
    await teller.picture(page, 'weokto-accueil-affilie')
    return { saw: `the mail's code ${code.replace(/\d/g, '•')} opened ${new URL(page.url()).pathname}` }
  })
  const link = await teller.step('The affiliate makes a link for Atelier Levain', async () => {
    await page.goto(`${stage.weokto}/marketplace`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await teller.picture(page, 'weokto-catalogue')
    await page.goto(`${stage.weokto}/links`)
    await page
      .getByRole('button', { name: word('affiliate_form_new') })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    const target = dialog.getByLabel(word('affiliate_form_target'))
    await target.selectOption({ label: PRODUCT })
    await dialog.getByLabel(word('affiliate_form_label')).fill(`Démo ${run}`)
    await dialog.getByLabel(word('affiliate_form_code')).fill(`demo-${run}`)
    await teller.picture(page, 'weokto-lien-nouveau')
    await dialog.getByRole('button', { name: word('affiliate_form_make') }).click()
    await page.getByText(`demo-${run}`).first().waitFor()
    await teller.picture(page, 'weokto-liens')
    return { saw: `/r/demo-${run} stands in the list`, value: `${stage.stam}/r/demo-${run}` }
  })
  return link ?? ''
}

async function buyerArrives({ teller }: Play, page: Page, link: string): Promise<void> {
  await teller.step('A visitor follows the link to the landing page, and its button to the checkout', async () => {
    const answer = await page.goto(link)
    const landed = new URL(page.url())
    const first = answer?.request().redirectedFrom()
    const status = (await first?.response())?.status()
    if (status !== 302 || !landed.searchParams.has('ck')) throw new Error(`The link answered ${status} and led to ${landed.pathname}.`)
    await teller.picture(page, 'stam-page-de-vente')
    await page.locator(`[data-weokto-button="${BUTTON}"]`).first().click()
    await page.getByLabel(word('checkout_email')).waitFor()
    const token = new URL(page.url()).searchParams.has('ck')
    if (!token) throw new Error('The button lost the click token.')
    await teller.picture(page, 'stam-offre')
    return { saw: `302 → ${landed.pathname} → ${new URL(page.url()).pathname}, the click token travelled along without a cookie` }
  })
}

async function buyerPays({ teller }: Play, page: Page, email: string, card: string): Promise<void> {
  await teller.step('The buyer gives an address and types the card in the vault’s own page', async () => {
    await page.getByLabel(word('checkout_email')).fill(email)
    await page.getByRole('button', { name: word('checkout_continue') }).click()
    await typeCard(page, card, () => teller.picture(page, 'stam-carte'))
    await page.getByRole('heading', { name: word('checkout_review_title') }).waitFor()
    return { saw: `the card came back as •••• ${card.slice(-4)}` }
  })
  await teller.step('The order page restates everything above the order button', async () => {
    const order = page.getByRole('button', { name: like('checkout_order') })
    const text = (await order.textContent())?.trim() ?? ''
    if (!/Commander avec obligation de paiement · 49,00.€/.test(text)) throw new Error(`The button says « ${text} ».`)
    await page.getByLabel(word('checkout_age')).check()
    await page.getByLabel(word('checkout_start')).check()
    await teller.picture(page, 'stam-commande')
    return { saw: `the button says « ${text} »` }
  })
  await teller.step('Paid, and in: same tab, welcome channel', async () => {
    await page.getByRole('button', { name: like('checkout_order') }).click()
    await page.getByRole('heading', { name: word('checkout_paid_title') }).waitFor()
    const number = /STAM-\d{4}-\d{6}/.exec((await page.getByRole('main').textContent()) ?? '')?.[0]
    if (!number) throw new Error('No invoice number is shown.')
    await teller.picture(page, 'stam-paye')
    await page.getByRole('button', { name: word('checkout_enter', { community: PRODUCT }) }).click()
    await page.waitForURL(/\/c\/atelier-levain/)
    await page.getByRole('textbox', { name: like('chat_compose_in') }).waitFor()
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

async function buyersChat({ browser, stage, teller, run }: Play, buyer: Page): Promise<void> {
  await teller.step('A message reaches another member’s screen, and a reload keeps it', async () => {
    const member = await newPerson(browser, 'home')
    await signIn(member, stage, stage.stam, 'camille@clients.test')
    await member.goto(`${stage.stam}/c/atelier-levain/bienvenue`)
    await member.getByRole('textbox', { name: like('chat_compose_in') }).waitFor()
    await buyer.goto(`${stage.stam}/c/atelier-levain/bienvenue`)
    const line = `Bonjour à tous, me voici ${run}`
    const box = buyer.getByRole('textbox', { name: like('chat_compose_in') })
    await box.fill(line)
    await box.press('Enter')
    const began = Date.now()
    await member.getByText(line).filter({ visible: true }).first().waitFor()
    const took = Date.now() - began
    await teller.picture(member, 'stam-salon-deuxieme-navigateur')
    await buyer.reload()
    await buyer.getByText(line).filter({ visible: true }).first().waitFor()
    await member.context().close()
    return { saw: `it stood on the second screen ${took} ms later and is still there after a reload` }
  })
}

interface SeenSale {
  id: string
  earnedAt: Date
}

async function affiliateSees(play: Play, page: Page, email: string): Promise<SeenSale> {
  const { stage, teller } = play
  const sale = await teller.step<SeenSale>('The affiliate sees 12,24 € earned: 9,79 € and 2,45 € locked', async () => {
    const found = await saleOf(stage, email)
    if (found.total !== 1224 || found.main !== 979 || found.extended !== 245 || found.status !== 'LOCKED')
      throw new Error(`The commission is ${JSON.stringify(found)}.`)
    await page.goto(`${stage.weokto}/commissions/${found.id}`)
    await page
      .getByText(/9,79\s*€/)
      .first()
      .waitFor()
    await page
      .getByText(/2,45\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-commission')
    await page.goto(`${stage.weokto}/commissions`)
    await page
      .getByText(/12,24\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-commissions')
    await page.goto(`${stage.weokto}/ledger`)
    await page
      .getByText(/12,24\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-releve')
    return {
      saw: `LOCKED, 12,24 € = 9,79 € until ${found.lockedUntil.toISOString().slice(0, 10)} + 2,45 € until ${found.extendedLockedUntil.toISOString().slice(0, 10)}`,
      value: { id: found.id, earnedAt: found.earnedAt },
    }
  })
  if (!sale) throw new Error('No sale was seen.')
  return sale
}

async function ownerSees({ browser, stage, teller }: Play, email: string): Promise<void> {
  await teller.step('The owner finds the sale in the back office', async () => {
    const owner = await newPerson(browser, 'office')
    await signIn(owner, stage, stage.weokto, 'owner@weokto.test')
    await owner.goto(`${stage.weokto}/admin`)
    await owner.getByRole('heading', { level: 1 }).waitFor()
    await teller.picture(owner, 'weokto-bureau')
    await owner.goto(`${stage.weokto}/admin/sales?q=${encodeURIComponent(email)}`)
    await owner.getByText(email).first().waitFor()
    await owner
      .getByText(/49,00\s*€/)
      .first()
      .waitFor()
    await teller.picture(owner, 'weokto-ventes')
    await owner.context().close()
    return { saw: `${email}, 49,00 €, with its commission` }
  })
}

async function timePasses({ stage, teller }: Play, page: Page, sale: SeenSale): Promise<void> {
  await teller.step('45 days later the cron has matured the main part, 90 days later the rest', async () => {
    await stage.fire(FIVE_MINUTES, new Date(sale.earnedAt.getTime() + 45 * DAY_MS))
    const middle = await commissionStatus(stage, sale.id)
    await page.goto(`${stage.weokto}/commissions/${sale.id}`)
    await page
      .getByText(/9,79\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-commission-45-jours')
    await stage.fire(FIVE_MINUTES, new Date(sale.earnedAt.getTime() + 90 * DAY_MS))
    const end = await commissionStatus(stage, sale.id)
    if (middle !== 'PARTIALLY_MATURED' || end !== 'MATURED') throw new Error(`It was ${middle}, then ${end}.`)
    await page.goto(stage.weokto)
    await page.getByRole('main').waitFor()
    await teller.picture(page, 'weokto-accueil-apres-90-jours')
    return { saw: `${middle}, then ${end}` }
  })
}

async function otherPaths({ browser, stage, teller, run }: Play): Promise<void> {
  await teller.step('A declined card is told in plain words, charges nothing, and another card pays', async () => {
    const buyer = await newPerson(browser, 'home')
    await toCard(buyer, stage, `demo-refus-${run}@clients.test`)
    await typeCard(buyer, '4000000000000002')
    await orderNow(buyer)
    await buyer.getByRole('heading', { name: word('checkout_declined_title') }).waitFor()
    await teller.picture(buyer, 'stam-refuse')
    await buyer.getByRole('button', { name: word('checkout_another_card') }).click()
    await typeCard(buyer, testCard(`${run}7`))
    await orderNow(buyer)
    await buyer.getByRole('heading', { name: word('checkout_paid_title') }).waitFor()
    await buyer.context().close()
    return { saw: 'declined, then paid with another card' }
  })
  await teller.step('The bank asks: the buyer goes there, confirms, comes back and is in', async () => {
    const buyer = await newPerson(browser, 'home')
    await toCard(buyer, stage, `demo-banque-${run}@clients.test`)
    await typeCard(buyer, '4000002500003155')
    await orderNow(buyer)
    await buyer.getByRole('button', { name: 'Confirmer' }).waitFor()
    await teller.picture(buyer, 'banque')
    await buyer.getByRole('button', { name: 'Confirmer' }).click()
    await buyer.getByRole('heading', { name: word('checkout_paid_title') }).waitFor()
    const path = new URL(buyer.url()).pathname
    await buyer.context().close()
    return { saw: `back on ${path}, paid` }
  })
  await teller.step('An abandoned checkout leaves nothing owed and can be begun again', async () => {
    const buyer = await newPerson(browser, 'home')
    const email = `demo-abandon-${run}@clients.test`
    await toCard(buyer, stage, email)
    await buyer.reload()
    await buyer.frameLocator('iframe').getByLabel('Numéro de carte').waitFor()
    await buyer.context().close()
    const rows = await query(
      stage,
      `select 1 from customers c join stam_users u on u.id = c."stamUserId" where u.email = $1 and c.status <> 'INCOMPLETE'`,
      [email],
    )
    if (rows.length > 0) throw new Error('Somebody who paid nothing became a customer.')
    return { saw: 'the reload kept the card step; no access, no invoice paid' }
  })
}

async function toCard(page: Page, stage: Stage, email: string): Promise<void> {
  await page.goto(`${stage.stam}/pay/${BUTTON}`)
  await page.getByLabel(word('checkout_email')).fill(email)
  await page.getByRole('button', { name: word('checkout_continue') }).click()
  await page.frameLocator('iframe').getByLabel('Numéro de carte').waitFor()
}

async function orderNow(page: Page): Promise<void> {
  await page.getByRole('heading', { name: word('checkout_review_title') }).waitFor()
  await page.getByLabel(word('checkout_age')).check()
  await page.getByLabel(word('checkout_start')).check()
  await page.getByRole('button', { name: like('checkout_order') }).click()
}

async function saleOf(stage: Stage, email: string) {
  const [row] = await query<{
    id: string
    earnedAt: string
    lockedUntil: string
    extendedLockedUntil: string
    total: number
    main: number
    extended: number
    status: string
  }>(
    stage,
    `select c.id, c."earnedAt" || 'Z' as "earnedAt", c."lockedUntil" || 'Z' as "lockedUntil", c."extendedLockedUntil" || 'Z' as "extendedLockedUntil", c."totalAmount" as total, c."lockedAmount" as main, c."extendedLockAmount" as extended, c.status::text
     from affiliate_commissions c join customers k on k.id = c."customerId" join stam_users u on u.id = k."stamUserId" where u.email = $1`,
    [email],
  )
  if (!row) throw new Error(`${email} brought no commission.`)
  return {
    ...row,
    earnedAt: new Date(row.earnedAt),
    lockedUntil: new Date(row.lockedUntil),
    extendedLockedUntil: new Date(row.extendedLockedUntil),
  }
}

async function commissionStatus(stage: Stage, id: string): Promise<string | undefined> {
  const [row] = await query<{ status: string }>(stage, 'select status::text from affiliate_commissions where id = $1', [id])
  return row?.status
}

async function query<Row extends object>(stage: Stage, text: string, values: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: stage.databaseAdminUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** A card of the processor's test range that no earlier run used: one card under two addresses would rightly hold the commission. */
export function testCard(run: string): string {
  const body = `424242${String(Number.parseInt(run, 36) % 1_000_000_000).padStart(9, '0')}`
  const sum = Array.from(body, Number)
    .toReversed()
    .reduce((total, digit, i) => total + (i % 2 === 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}
