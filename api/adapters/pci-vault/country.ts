/** Names that card registers write otherwise than Intl does. */
const OTHER_SPELLINGS: Record<string, string> = {
  'UNITED STATES OF AMERICA': 'US',
  USA: 'US',
  'UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND': 'GB',
  'CZECH REPUBLIC': 'CZ',
  TURKEY: 'TR',
  'RUSSIAN FEDERATION': 'RU',
  'KOREA, REPUBLIC OF': 'KR',
}

let codes: Map<string, string> | null = null

/** ISO 3166 alpha-2 of a country written in English in any case, or null when nobody can say. It is kept as evidence for VAT. */
export function countryCode(name: string | null): string | null {
  if (name === null) return null
  const wanted = name.trim().toUpperCase()
  codes ??= englishNames()
  return OTHER_SPELLINGS[wanted] ?? codes.get(wanted) ?? null
}

function englishNames(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  const found = new Map<string, string>()
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code)?.toUpperCase()
    // Retired codes share the name of their successor; the first in the alphabet is wrong for none that issues cards today but these.
    if (name !== undefined && !RETIRED.has(code)) found.set(name, code)
  }
  return found
}

const RETIRED = new Set([
  'AN',
  'BU',
  'CS',
  'DD',
  'DY',
  'EU',
  'EZ',
  'FX',
  'HV',
  'NH',
  'NT',
  'QO',
  'RH',
  'SU',
  'TP',
  'UK',
  'UN',
  'VD',
  'YD',
  'YU',
  'ZR',
  'ZZ',
  'XA',
  'XB',
])
