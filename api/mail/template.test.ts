import { describe, expect, it } from 'vitest'
import { LOCALES, PLATFORMS } from '#domain/base/enums.ts'
import { signInMail } from '#api/identity/sign-in/sign-in-mail.ts'
import { purchaseReceiptMail, type PurchaseReceipt } from '#api/selling/invoice/receipt-mail.ts'
import { MAIL_THEMES } from './theme.ts'
import { escapeHtml, renderMail } from './template.ts'

const both = PLATFORMS.flatMap((platform) => LOCALES.map((locale) => ({ platform, locale })))

describe('signInMail', () => {
  it.each(both)('holds link and code in both parts, $platform in $locale', (site) => {
    const mail = signInMail({ ...site, url: 'https://weokto.com/enter?token=a&next=%2Fx', code: '012345', minutes: 10 })
    expect(`${mail.subject}${/<title>.*<\/title>/.exec(mail.html)?.[0]}`).not.toMatch(/\d/)
    expect(mail.text).toContain('https://weokto.com/enter?token=a&next=%2Fx')
    expect(mail.html).toContain('href="https://weokto.com/enter?token=a&amp;next=%2Fx"')
    expect([mail.html, mail.text].every((part) => part.includes('012345'))).toBe(true)
    expect(mail.html).toContain(`<html lang="${site.locale}">`)
    expect(mail.html).toContain(MAIL_THEMES[site.platform].accent)
  })
})

const receipt: PurchaseReceipt = {
  platform: 'STAM',
  locale: 'fr',
  product: 'Club <script>',
  invoiceNumber: 'STAM-2026-000001',
  paidAt: new Date('2026-11-22T23:30:00Z'),
  totalCents: 4900,
  taxCents: 817,
  taxRateBps: 2000,
  card: { brand: 'Visa', last4: '4242' },
  next: { amountCents: 4900, at: new Date('2026-12-22T23:30:00Z'), interval: 'MONTHLY' },
  trialEndsAt: null,
  coolingOffUntil: new Date('2026-12-06T23:30:00Z'),
  openUrl: 'https://be-stam.com/c/club',
  accountUrl: 'https://be-stam.com/account',
}
/** Unbreakable spaces are for the eye; the tests compare words. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('purchaseReceiptMail', () => {
  it('says in French what was paid, what comes next and until when it may be given back', () => {
    const text = plain(purchaseReceiptMail(receipt).text)
    for (const part of [
      '49,00 €',
      'dont TVA 20 % : 8,17 €',
      'STAM-2026-000001',
      '23 novembre 2026',
      '49,00 € par mois le 23 décembre 2026',
      '7 décembre 2026',
      'Visa •••• 4242',
      'https://be-stam.com/account',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('says it in English', () => {
    const text = purchaseReceiptMail({ ...receipt, locale: 'en' }).text
    for (const part of ['€49.00', 'of which VAT 20%', '23 November 2026', '€49.00 per month on 23 December 2026', 'until 7 December 2026'])
      expect(text).toContain(part)
  })

  it.each([
    { locale: 'fr', row: 'Produit : Club' },
    { locale: 'en', row: 'Product: Club' },
  ] as const)('sets the colon as $locale does', ({ locale, row }) => {
    expect(plain(purchaseReceiptMail({ ...receipt, locale }).text)).toContain(row)
  })

  it('leaves out what there is not', () => {
    const { text } = purchaseReceiptMail({
      ...receipt,
      invoiceNumber: null,
      card: null,
      next: null,
      coolingOffUntil: null,
      trialEndsAt: new Date('2026-12-01T12:00:00Z'),
    })
    expect(plain(text)).toContain('Votre essai a commencé')
    for (const part of ['Facture', 'Carte', 'Prochain paiement', 'renoncer', 'null', 'undefined']) expect(text).not.toContain(part)
  })

  it('escapes what people named', () => {
    const { html } = purchaseReceiptMail(receipt)
    expect(html).toContain('Club &lt;script&gt;')
    expect(html).not.toContain('<script')
  })
})

const mail = (url: string) =>
  renderMail({ platform: 'STAM', locale: 'fr', subject: 'x', preview: 'x', blocks: [{ kind: 'button', label: 'x', url }] })

describe('renderMail', () => {
  it('refuses links that are no web address', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/relative', '']) expect(() => mail(url)).toThrow(TypeError)
    expect(mail('https://a.example/"><b>').html).not.toContain('"><b>')
  })

  it('escapes every character that means something in HTML', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
  })
})

describe('the themes', () => {
  it.each(PLATFORMS)('%s can be read: every text reaches 4.5:1', (platform) => {
    const { sheet, ink, quiet, accent, onAccent } = MAIL_THEMES[platform]
    for (const [text, ground] of [
      [ink, sheet],
      [quiet, sheet],
      [accent, sheet],
      [onAccent, accent],
    ] as const) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    }
  })
})

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
