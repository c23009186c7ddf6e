import type { InvoiceKind, Platform } from '#domain/base/enums.ts'
import type { Cents } from '#domain/base/money.ts'
import type { SummaryLine } from '#domain/catalogue/plan.ts'
import { AppError } from '#domain/error.ts'

/** A gapless yearly series per kind of document: sales of each site, credit notes of each, and the invoices that affiliates have us write. */
export const INVOICE_SERIES = ['STAM', 'WEO', 'STAM-AV', 'WEO-AV', 'AFF'] as const
export type InvoiceSeries = (typeof INVOICE_SERIES)[number]

const NUMBER = /^(STAM|WEO|STAM-AV|WEO-AV|AFF)-(\d{4})-(\d{6,})$/

/** The series that a sale of this site is numbered in. */
export function salesSeries(platform: Platform): InvoiceSeries {
  return platform === 'WEOKTO' ? 'WEO' : 'STAM'
}

/**
 * The series of credit notes ("avoirs") for sales of this site.
 *
 * @waitsFor refunds and disputes
 */
export function creditNoteSeries(platform: Platform): InvoiceSeries {
  return platform === 'WEOKTO' ? 'WEO-AV' : 'STAM-AV'
}

/** The year a document is numbered in: the UTC year of its date. */
export function seriesYear(date: Date): number {
  return date.getUTCFullYear()
}

/**
 * "STAM-2026-000042". `sequence` counts from 1 within its series and year, without gaps. Throws RangeError for anything else.
 *
 * @runsAsSql the number of write-paid (api/selling/payment/sale.test.ts)
 */
export function invoiceNumber(series: InvoiceSeries, year: number, sequence: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`invoices are numbered from 1: ${sequence}`)
  if (!Number.isInteger(year) || year < 2000 || year > 9999) throw new RangeError(`no year of a series: ${year}`)
  return `${series}-${year}-${String(sequence).padStart(6, '0')}`
}

/**
 * The parts of an invoice number, or null for a text that is none.
 *
 * @waitsFor refunds and disputes
 */
export function readInvoiceNumber(text: string): { series: InvoiceSeries; year: number; sequence: number } | null {
  const match = NUMBER.exec(text.trim().toUpperCase())
  const series = INVOICE_SERIES.find((one) => one === match?.[1])
  return series === undefined ? null : { series, year: Number(match?.[2]), sequence: Number(match?.[3]) }
}

/** What an invoice said when it was made. Names and prices may change later; the document may not. */
export type InvoiceSnapshot = {
  readonly kind: InvoiceKind
  readonly lines: readonly (SummaryLine & { readonly label: string })[]
  readonly productName: string
  readonly planName: string | null
  readonly communityName: string
  readonly buyer: { readonly name: string | null; readonly email: string; readonly country: string }
  readonly exclCents: Cents
  readonly taxCents: Cents
  readonly totalCents: Cents
  readonly taxRateBps: number
  readonly currency: string
}

/**
 * Freezes the content of an invoice. Throws AppError `conflict` when its lines or its parts do not sum to its total: such a document must not exist.
 *
 * @waitsFor refunds and disputes
 */
export function invoiceSnapshot(content: InvoiceSnapshot): InvoiceSnapshot {
  const lines = content.lines.reduce((sum, { amountCents }) => sum + amountCents, 0)
  const isWhole = lines === content.totalCents && content.exclCents + content.taxCents === content.totalCents
  if (!isWhole) throw new AppError('conflict')
  return structuredClone(content)
}
