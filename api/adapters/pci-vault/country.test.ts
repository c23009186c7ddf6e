import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { countryCode } from './country.ts'

describe('countryCode', () => {
  it.each([
    ['FRANCE', 'FR'],
    ['United States', 'US'],
    ['UNITED STATES OF AMERICA', 'US'],
    ['UNITED STATES OF AMERICA (THE)', 'US'],
    ['Germany', 'DE'],
    [' BELGIUM ', 'BE'],
    ['Serbia', 'RS'],
    ['United Kingdom', 'GB'],
    ['UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND (THE)', 'GB'],
    ['Russia', 'RU'],
    ['VIET NAM', 'VN'],
    ['Czech Republic', 'CZ'],
    ['TURKIYE', 'TR'],
    ['Turkey', 'TR'],
    ["COTE D'IVOIRE", 'CI'],
    ['Korea (the Republic of)', 'KR'],
    ['KOREA, REPUBLIC OF', 'KR'],
    ["Korea (the Democratic People's Republic of)", 'KP'],
    ['Congo (the Democratic Republic of the)', 'CD'],
    ['IRAN, ISLAMIC REPUBLIC OF', 'IR'],
    ['MACEDONIA, THE FORMER YUGOSLAV REPUBLIC OF', 'MK'],
    ['Bosnia & Herzegovina', 'BA'],
    ['SAINT KITTS AND NEVIS', 'KN'],
    ['St. Kitts & Nevis', 'KN'],
    ['REUNION', 'RE'],
  ])('reads %s as %s', (name, code) => expect(countryCode(name)).toBe(code))

  it('knows each country by the name that it has in this runtime', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region' })
    const unknown = Object.keys(english.countries).filter((code) => countryCode(names.of(code) ?? null) !== code)
    expect(unknown).toEqual([])
  })

  it('does not guess', () => {
    for (const name of ['', 'Atlantis', 'XX', 'Unknown Region', 'Korea', 'Republic of', '()', null]) expect(countryCode(name)).toBeNull()
  })
})
