import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containsPan, findPan } from './pan.ts'

/** How many ordinary requests pass the guard; the promise is made of 100,000: PAN_ORDINARY=100000. */
const ORDINARY = Number(process.env['PAN_ORDINARY'] ?? 2_000)

describe('what is no card number', () => {
  test.each([
    ['+33 6 12 34 56 78'],
    ['+378282246310005'],
    ['tel=%2B378282246310005'],
    ['+(37) 8282246310005'],
    ['06 12 34 56 78 06 98 76 54 32'],
    ['06.12.34.56.78 / 01.98.76.54.32, 07-11-22-33-44'],
    ['+33 6 12 34 56 78 +33 6 98 76 54 32 +49 1512 3456789'],
    ['+33 6 65 02 28 00, 06 00 00 14 30'],
    ['651 234 567, 612 345 678'],
    ['Tailles : 36, 38, 40, 42, 44, 46, 48'],
    ['34000, 34070, 34080'],
    ['(415) 555-2671, (212) 555-0199, (646) 555-0100'],
    ['FR76 3000 6000 0112 3456 7890 189'],
    ['FR7630006000011234567890189'],
    ['fr76-3000-6000-0112-3456-7890-189'],
    ['FR76 30006 00001 12345678901 89'],
    ['FR76/3000/6000/0112/3456/7890/189'],
    ['GB82 WEST 1234 5698 7654 32'],
    ['DE89 3704 0044 0532 0130 00'],
    ['iban=DE89370400440532013000&x=1'],
    ['Voici mon IBAN : FR76 3000 6000 0112 3456 7890 189, merci'],
    ['732 829 320 00074'],
    ['SIRET 36252187900034'],
    ['362 521 879 00034'],
    ['362 521 879-00034'],
    ['2 85 05 78 006 084 36'],
    ['2026-11-22T14:30:00.000Z'],
    ['2019 2020 2021 2022 2023'],
    ['2019, 2020, 2021, 2022 et 2023-2024'],
    ['30/11/2026 14:30:00'],
    ['22:00, 22:15, 22:30, 22:45'],
    ['3-1, 2-0, 4-2, 5-3, 1-1, 2-2, 3-0, 3-4'],
    ['1732281600000'],
    ['20261124100000'],
    ['GA1.1.444332211.1732281600'],
    ['GA1.2.444332211.1732281600; _gcl_au=1.1.123456789.1732281600'],
    ['GS1.1.1732281600.5.1.1732281723.60.0.0'],
    ['444332211.1732281600'],
    ['fb.1.1558571054389.1098115397'],
    ['402-4242424-4242424'],
    ['302-1234567-1234568'],
    ['4242424242424241'],
    ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['a4242424242424242b1c'],
    ['00000b645816009893310430'],
    ['123e4567-e89b-12d3-a456-426614174000'],
    ['49,00 € ; 4 900,00 € ; 12 345 678,90 €'],
    ['978-2-07-036024-5'],
    ['2001:4860:4860:0000:0000:0000:0000:8888'],
    ['45:96::350:5:3109:557:9a'],
    ['8182:57:7096:5:31:074::'],
    ['fe80:4242:4242:4242:4242:1:2:3'],
    ['192.168.100.100, 192.168.100.101, 10.0.0.1:8080'],
    ['250.175.103.228, 120.4.150.160'],
    ['10.20.30.40, 50.60.70.80'],
    ['48.856614, 2.3522219'],
    ['48,856614 ; 2,3522219'],
    ['{"elapsed":4523.899999976158}'],
    ['{"a":[{"latitude":48.85661412345678},-4.242424242424242e5, 1.4242424242424242 ]}'],
    ['[5,12,250,3,81,4,242,77]'],
    ['30/11/2026 14:30:00'],
    ['RDV le 30/11/2026 14:30:00 3 personnes'],
    ['2026-11-23 14:30:00.123456 - 2026-11-24 15:30:00'],
    ['23/11/26 14:30 - 23/11/26 15:30'],
    ['06 12 42 56 78 / 06 98 76 54 32'],
    ['23:15-09:08 / 11:23-18:17'],
    ['26/06 - 19/04 23:54 - 16:17'],
    ['11/10/2028 06 39 68 65 63 8 627,89'],
    ['415 555 2671 212 555 0199'],
    ['https://maps.example/@48.8566140,2.3522219,15z'],
    ['48.8566140/2.3522219'],
    ['25-21 25-19 23-25 25-20'],
    ['36 38 40 42 44 46 48 50 52 54'],
    ['38000 38100 38200 38400'],
    ['4 900,00 3 450,50 1 290,00'],
    ['0.4242424242424242'],
    ['[0.4242424242424242,12.4242424242424242]'],
    ['[2.3522219,48.85661412345678]'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ])('%s', (text) => {
    expect(findPan(text)).toBe(false)
  })

  test('coordinates and measures are not', () => {
    expect(containsPan({ latitude: 48.85661412345678, longitude: 2.3522219 })).toBe(false)
  })

  test(
    'ordinary requests raise no alarm',
    () => {
      fc.assert(
        fc.property(payload, (value) => {
          expect(containsPan(value)).toBe(false)
          expect(findPan(JSON.stringify(value))).toBe(false)
          expect(findPan(formOf(value))).toBe(false)
        }),
        { numRuns: ORDINARY },
      )
    },
    60_000 + ORDINARY * 60,
  )
})

/** A form has no numbers, only texts, and its fractions are those that people and maps write: seven places are a centimetre. */
function formOf(value: Record<string, unknown>): string {
  const short = (item: unknown) => (typeof item === 'number' ? String(Number(item.toFixed(7))) : String(item))
  const entries = Object.entries(value).map(([key, item]) => [key, Array.isArray(item) ? item.map(short).join(',') : short(item)])
  return new URLSearchParams(entries).toString()
}

const padded = (most: number, digits: number) => fc.nat(most).map((number) => String(number).padStart(digits, '0'))
const pairs = fc.array(padded(99, 2), { minLength: 4, maxLength: 4 })
const between = (min: number, max: number) => fc.integer({ min, max })
const digits = (length: number) => padded(10 ** length - 1, length)
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
const frenchDay = moment.map((date) => date.toLocaleString('fr-FR', { timeZone: 'UTC' }))

const phone = fc.oneof(
  fc
    .tuple(fc.constantFrom('06', '07', '01'), pairs, fc.constantFrom(' ', '.', '-', ''))
    .map(([head, rest, separator]) => [head, ...rest].join(separator)),
  fc
    .tuple(fc.constantFrom('+33 6', '+32 4', '+41 7', '+336'), pairs, fc.constantFrom(' ', '.', ''))
    .map(([head, rest, separator]) => [head, ...rest].join(separator)),
  fc.tuple(between(200, 999), between(200, 999), digits(4)).map(([area, office, line]) => `+1 (${area}) ${office}-${line}`),
)

/** A company's number and its establishment's, both with their checksums. */
const siret = digits(8).chain((head) => digits(4).map((nic) => withCheck(withCheck(head) + nic)))

function withCheck(head: string): string {
  const sum = Array.from(head).reduceRight((total, digit, at) => {
    const doubled = (head.length - at) % 2 === 1 ? Number(digit) * 2 : Number(digit)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${head}${(10 - (sum % 10)) % 10}`
}

/** The bank's, the branch's, the account's and a French check key, none of which the guard knows, behind a right IBAN check. */
const iban = digits(13).chain((one) =>
  digits(10).map((two) => {
    const remainder = Array.from(`${one}${two}152700`).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)
    return `FR${String(98 - remainder).padStart(2, '0')}${one}${two}`
  }),
)
const inFours = (text: string) => text.replaceAll(/(.{4})(?=.)/g, '$1 ')

const id = fc.string({ unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz0123456789')), minLength: 24, maxLength: 24 })
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length })
const coordinate = fc.double({ min: -180, max: 180, noNaN: true })

const payload = fc.record({
  id,
  token: hex(64),
  objectId: hex(24),
  uuid: fc.uuid(),
  sealed: fc.uint8Array({ minLength: 32, maxLength: 96 }).map((bytes) => btoa(String.fromCharCode(...bytes))),
  phones: fc.array(phone, { minLength: 1, maxLength: 3 }).map((list) => list.join(', ')),
  at: moment.map((date) => date.toISOString()),
  day: frenchDay,
  days: fc.array(frenchDay, { minLength: 2, maxLength: 4 }).map((list) => list.join(' - ')),
  years: between(1950, 2090).map((year) => [year, year + 1, year + 2, year + 3].join(' ')),
  hours: fc.array(fc.tuple(between(10, 23), between(10, 59)), { maxLength: 8 }).map((list) => list.map((one) => one.join(':')).join(' ')),
  epochMs: between(1_500_000_000_000, 2_100_000_000_000),
  amountCents: fc.nat(99_999_999),
  price: fc.nat(9_999_999).map((cents) => (cents / 100).toLocaleString('fr-FR', { style: 'currency', currency: 'EUR' })),
  elapsed: fc.double({ min: 0, max: 9_999, noNaN: true }),
  place: fc.tuple(coordinate, coordinate).map((pair) => pair.map((one) => one.toFixed(6)).join(', ')),
  position: fc.tuple(coordinate, coordinate),
  ip: fc.ipV4(),
  ips: fc.tuple(fc.ipV4(), fc.ipV4(), fc.ipV4()).map((list) => list.join(', ')),
  ipv6: fc.ipV6(),
  siret,
  spacedSiret: siret.map((text) => text.replace(/^(\d{3})(\d{3})(\d{3})/, '$1 $2 $3 ')),
  iban,
  spacedIban: iban.map(inFours),
  order: fc.tuple(between(2020, 2035), digits(6)).map(([year, number]) => `CMD-${year}-${number}`),
  amazon: fc.tuple(digits(3), digits(7), digits(7)).map((parts) => parts.join('-')),
  invoice: fc.tuple(between(2020, 2035), digits(5)).map(([year, number]) => `F${year}-${number}, F${year}-${number}`),
  tracking: fc.tuple(fc.constantFrom('8R', '6A', 'XY', '1Z999AA'), digits(10)).map((parts) => parts.join('')),
  analytics: fc.tuple(digits(9), between(1_500_000_000, 2_100_000_000)).map(([one, two]) => `GA1.1.${one}.${two}`),
  email: fc.emailAddress(),
  url: fc.webUrl({ withQueryParameters: true }),
  content: fc.lorem({ maxCount: 20 }),
})
