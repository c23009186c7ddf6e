import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }

/** Names that card registers write and the library does not have, as `bareName` leaves them. Checked against ISO 3166-1's short names and CLDR's. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'BOLIVARIAN REPUBLIC OF VENEZUELA': 'VE',
  'BRITISH VIRGIN ISLANDS': 'VG',
  BRUNEI: 'BN',
  BURMA: 'MM',
  'CABO VERDE': 'CV',
  'CARIBBEAN NETHERLANDS': 'BQ',
  'CONGO BRAZZAVILLE': 'CG',
  'CONGO KINSHASA': 'CD',
  'DEMOCRATIC PEOPLES REPUBLIC OF KOREA': 'KP',
  'FALKLAND ISLANDS': 'FK',
  'FORMER YUGOSLAV REPUBLIC OF MACEDONIA': 'MK',
  'HEARD AND MCDONALD ISLANDS': 'HM',
  'HOLY SEE': 'VA',
  'HONG KONG SAR CHINA': 'HK',
  LAOS: 'LA',
  MACAU: 'MO',
  'MACAO SAR CHINA': 'MO',
  MACEDONIA: 'MK',
  MICRONESIA: 'FM',
  MOLDOVA: 'MD',
  'MYANMAR BURMA': 'MM',
  'PALESTINIAN TERRITORIES': 'PS',
  'PALESTINIAN TERRITORY OCCUPIED': 'PS',
  'PLURINATIONAL STATE OF BOLIVIA': 'BO',
  'SAINT HELENA ASCENSION AND TRISTAN DA CUNHA': 'SH',
  'SAINT MARTIN': 'MF',
  'SAINT VINCENT AND GRENADINES': 'VC',
  'SINT MAARTEN': 'SX',
  'SOUTH GEORGIA AND SOUTH SANDWICH ISLANDS': 'GS',
  SWAZILAND: 'SZ',
  SYRIA: 'SY',
  TANZANIA: 'TZ',
  'U S OUTLYING ISLANDS': 'UM',
  'U S VIRGIN ISLANDS': 'VI',
  'UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND': 'GB',
  'VATICAN CITY': 'VA',
  'VIET NAM': 'VN',
}

let codes: ReadonlyMap<string, string> | null = null

/** ISO 3166 alpha-2 of a country written in English in any case, or null when nobody can say. It is kept as evidence for VAT. */
export function countryCode(name: string | null): string | null {
  if (name === null) return null
  codes ??= codesByName()
  return codes.get(bareName(name)) ?? null
}

/** The library's names first; where two countries share one ("Congo"), the first has it, as in ISO's list. */
function codesByName(): Map<string, string> {
  const found = new Map<string, string>()
  const named: [string, string | string[]][] = Object.entries(english.countries)
  const pairs = named.flatMap(([code, names]) => [names].flat().map((name) => [bareName(name), code] as const))
  for (const [name, code] of [...pairs, ...Object.entries(OTHER_NAMES)]) if (!found.has(name)) found.set(name, code)
  return found
}

/** What spellings of one name share: "Korea (the Republic of)" and "KOREA, REPUBLIC OF" are both REPUBLIC OF KOREA, "St. Lucia" is SAINT LUCIA. */
function bareName(name: string): string {
  const turned = name.trim().replace(/^([^(,]+)(?:, | \()([^(),]+ of(?: the)?)\)?$/i, '$2 $1')
  return turned
    .normalize('NFKD')
    .replace(/[\u0300-\u036F'’]/gu, '')
    .toUpperCase()
    .replaceAll('&', ' AND ')
    .replaceAll(/[^A-Z]+/g, ' ')
    .replace(/ THE $/, ' ')
    .replace(/^ ?THE /, '')
    .trim()
    .replace(/^ST /, 'SAINT ')
}
