import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents } from '#domain/base/money.ts'
import { INVOICE_SERIES, creditNoteSeries, invoiceNumber, invoiceSnapshot, readInvoiceNumber, salesSeries, seriesYear } from './invoice.ts'

describe('invoice numbers', () => {
  test('name their series, year and place', () => {
    expect(invoiceNumber(salesSeries('STAM'), 2026, 42)).toBe('STAM-2026-000042')
    expect(invoiceNumber(salesSeries('WEOKTO'), 2026, 1_234_567)).toBe('WEO-2026-1234567')
    expect(invoiceNumber(creditNoteSeries('STAM'), 2026, 1)).toBe('STAM-AV-2026-000001')
    expect(seriesYear(new Date('2025-12-31T23:59:59Z'))).toBe(2025)
  })

  test('are read back as written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INVOICE_SERIES),
        fc.integer({ min: 2000, max: 9999 }),
        fc.integer({ min: 1, max: 99_999_999 }),
        (series, year, sequence) => {
          expect(readInvoiceNumber(` ${invoiceNumber(series, year, sequence).toLowerCase()} `)).toEqual({ series, year, sequence })
        },
      ),
    )
    expect(readInvoiceNumber('STAM-26-1')).toBeNull()
  })

  test('start at 1', () => {
    for (const wrong of [0, -1, 1.5]) expect(() => invoiceNumber('STAM', 2026, wrong)).toThrow(RangeError)
    expect(() => invoiceNumber('STAM', 26, 1)).toThrow(RangeError)
  })
})

describe('the snapshot of an invoice', () => {
  const content = {
    kind: 'FIRST',
    lines: [{ kind: 'PRICE', amountCents: cents(4900), label: 'Accès mensuel' }],
    productName: 'Club',
    planName: 'Mensuel',
    communityName: 'Le Club',
    buyer: { name: null, email: 'cliente@exemple.fr', country: 'FR' },
    exclCents: cents(4083),
    taxCents: cents(817),
    totalCents: cents(4900),
    taxRateBps: 2000,
    currency: 'EUR',
  } as const

  test('is a copy that later changes do not reach', () => {
    const snapshot = invoiceSnapshot(content)
    expect(snapshot).toEqual(content)
    expect(snapshot.lines).not.toBe(content.lines)
  })

  test('must sum', () => {
    expect(() => invoiceSnapshot({ ...content, taxCents: cents(816) })).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(() => invoiceSnapshot({ ...content, totalCents: cents(5000), taxCents: cents(917) })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    )
  })
})
