/** Standard rate for a buyer whose country is not in the policy's table. */
export const DEFAULT_VAT_COUNTRY = 'FR'

/**
 * Standard VAT rates of the European Union's member states in basis points, by ISO 3166-1 country. Source: European
 * Commission, "VAT rates applied in the Member States" (Taxes in Europe database), as in force since January 2026.
 */
export const STANDARD_VAT_BPS: Readonly<Record<string, number>> = {
  AT: 2000,
  BE: 2100,
  BG: 2000,
  CY: 1900,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  EE: 2400,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GR: 2400,
  HR: 2500,
  HU: 2700,
  IE: 2300,
  IT: 2200,
  LT: 2100,
  LU: 1700,
  LV: 2100,
  MT: 1800,
  NL: 2100,
  PL: 2300,
  PT: 2300,
  RO: 2100,
  SE: 2500,
  SI: 2200,
  SK: 2300,
}

/** The tax rates of a policy: by country, and whose holds for a country that is not named. */
type TaxTable = { readonly vat: { readonly defaultCountry: string; readonly ratesBps: Readonly<Record<string, number>> } }

/** The tax rate of a buyer's billing country in basis points; a country that is not in the table has the default country's. */
export function vatBps({ vat: { ratesBps, defaultCountry } }: TaxTable, country: string): number {
  return ratesBps[country.toUpperCase()] ?? ratesBps[defaultCountry] ?? STANDARD_VAT_BPS[DEFAULT_VAT_COUNTRY] ?? 0
}
