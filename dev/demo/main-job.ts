import type { Page } from 'playwright-core'
import { commissionStatus, saleOf } from './books.ts'
import { buyerArrives, buyerPays, otherPaths, testCard } from './buying.ts'
import { newPerson, signIn } from './sign-in.ts'
import { PRODUCT, type Play } from './play.ts'
import { like, word } from './words.ts'

const DAY_MS = 86_400_000
const FIVE_MINUTES = '*/5 * * * *'

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

async function affiliateMakesLink({ environment, teller, run }: Play, page: Page): Promise<string> {
  await teller.step('An affiliate signs in with the code of the mail', async () => {
    await page.goto(environment.weokto)
    await teller.picture(page, 'weokto-accueil-public')
    const code = await signIn(page, environment, environment.weokto, 'nouveau@affilies.test')
    // The address changes before the page does.
    await page.getByRole('heading', { level: 1, name: word('overview_home_title') }).waitFor()
    await teller.picture(page, 'weokto-accueil-affilie')
    return { saw: `the mail's code ${code.replace(/\d/g, '•')} opened ${new URL(page.url()).pathname}` }
  })
  const link = await teller.step('The affiliate makes a link for Atelier Levain', async () => {
    await page.goto(`${environment.weokto}/marketplace`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await teller.picture(page, 'weokto-catalogue')
    await page.goto(`${environment.weokto}/links`)
    await page
      .getByRole('button', { name: word('affiliation_links_new') })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    const target = dialog.getByLabel(word('affiliation_form_target'))
    await target.selectOption({ label: PRODUCT })
    await dialog.getByLabel(word('affiliation_form_label')).fill(`Démo ${run}`)
    await dialog.getByLabel(word('affiliation_form_code')).fill(`demo-${run}`)
    await teller.picture(page, 'weokto-lien-nouveau')
    await dialog.getByRole('button', { name: word('affiliation_form_make') }).click()
    await page.getByText(`demo-${run}`).first().waitFor()
    await teller.picture(page, 'weokto-liens')
    return { saw: `/r/demo-${run} stands in the list`, value: `${environment.stam}/r/demo-${run}` }
  })
  return link ?? ''
}

async function buyersChat({ browser, environment, teller, run }: Play, buyer: Page): Promise<void> {
  await teller.step('A message reaches another member’s screen, and a reload keeps it', async () => {
    const member = await newPerson(browser, 'home')
    await signIn(member, environment, environment.stam, 'camille@clients.test')
    await member.goto(`${environment.stam}/c/atelier-levain/bienvenue`)
    await member.getByRole('textbox', { name: like('community_chat_compose_in') }).waitFor()
    await buyer.goto(`${environment.stam}/c/atelier-levain/bienvenue`)
    const line = `Bonjour à tous, me voici ${run}`
    const box = buyer.getByRole('textbox', { name: like('community_chat_compose_in') })
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
  const { environment, teller } = play
  const sale = await teller.step<SeenSale>('The affiliate sees 12,24 € earned: 9,79 € and 2,45 € locked', async () => {
    const found = await saleOf(environment, email)
    if (found.total !== 1224 || found.main !== 979 || found.extended !== 245 || found.status !== 'LOCKED')
      throw new Error(`The commission is ${JSON.stringify(found)}.`)
    await page.goto(`${environment.weokto}/commissions/${found.id}`)
    await page
      .getByText(/9,79\s*€/)
      .first()
      .waitFor()
    await page
      .getByText(/2,45\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-commission')
    await page.goto(`${environment.weokto}/commissions`)
    await page
      .getByText(/12,24\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-commissions')
    await page.goto(`${environment.weokto}/ledger`)
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

async function ownerSees({ browser, environment, teller }: Play, email: string): Promise<void> {
  await teller.step('The owner finds the sale in the back office', async () => {
    const owner = await newPerson(browser, 'office')
    await signIn(owner, environment, environment.weokto, 'owner@weokto.test')
    await owner.goto(`${environment.weokto}/admin`)
    await owner.getByRole('heading', { level: 1 }).waitFor()
    await teller.picture(owner, 'weokto-bureau')
    await owner.goto(`${environment.weokto}/admin/sales?q=${encodeURIComponent(email)}`)
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

async function timePasses({ environment, teller }: Play, page: Page, sale: SeenSale): Promise<void> {
  await teller.step('45 days later the cron has matured the main part, 90 days later the rest', async () => {
    await environment.fire(FIVE_MINUTES, new Date(sale.earnedAt.getTime() + 45 * DAY_MS))
    const middle = await commissionStatus(environment, sale.id)
    await page.goto(`${environment.weokto}/commissions/${sale.id}`)
    await page
      .getByText(/9,79\s*€/)
      .first()
      .waitFor()
    await teller.picture(page, 'weokto-commission-45-jours')
    await environment.fire(FIVE_MINUTES, new Date(sale.earnedAt.getTime() + 90 * DAY_MS))
    const end = await commissionStatus(environment, sale.id)
    if (middle !== 'PARTIALLY_MATURED' || end !== 'MATURED') throw new Error(`It was ${middle}, then ${end}.`)
    await page.goto(environment.weokto)
    await page.getByRole('main').waitFor()
    await teller.picture(page, 'weokto-accueil-apres-90-jours')
    return { saw: `${middle}, then ${end}` }
  })
}
