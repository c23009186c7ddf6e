import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownUrl, platformOf, safePath, targetOn, type SiteHosts } from './origin.ts'

const HOSTS: SiteHosts = {
  WEOKTO: ['weokto.com', 'www.weokto.com', 'weokto.localhost'],
  STAM: ['be-stam.com', 'www.be-stam.com', 'stam.localhost'],
}

describe('platformOf', () => {
  test('each host has its site and any other none', () => {
    expect(platformOf('weokto.com', HOSTS)).toBe('WEOKTO')
    expect(platformOf('WWW.weokto.com', HOSTS)).toBe('WEOKTO')
    expect(platformOf('stam.localhost:8787', HOSTS)).toBe('STAM')
    for (const host of ['evil.com', 'weokto.com.evil.com', 'evilweokto.com', 'weokto.com@evil.com', '', ':80']) {
      expect(platformOf(host, HOSTS)).toBeNull()
    }
  })
})

describe('safePath', () => {
  test.each(['/', '/guildes', '/a/b?x=1&y=%20#part', '/recherche?retour=https://example.com/a', '/%C3%A9t%C3%A9'])('%s stays', (path) => {
    expect(safePath(path)).toBe(path)
  })

  test.each([
    '//evil.com',
    '\\\\evil.com',
    '\\evil.com',
    '/\\evil.com',
    '///evil.com',
    '/.//evil.com',
    '/./\\evil.com',
    '/x/..//evil.com',
    '/%2f/evil.com',
    '/%2F%2Fevil.com',
    '/%5cevil.com',
    '/%252f%252fevil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    '/%09/evil.com',
    '/%0d%0aLocation:%20https://evil.com',
    ' //evil.com',
    'https://evil.com',
    'https:evil.com',
    'javascript:alert(1)',
    '@evil.com',
    'evil.com',
    '',
    '/\u2028/evil.com',
    `/${'a'.repeat(3000)}`,
  ])('%j is refused', (path) => {
    expect(safePath(path)).toBeNull()
  })

  test('whatever is let through stays on the site, joined or resolved, decoded or not', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '%',
      '%2f',
      '%5c',
      '%2e',
      '%25',
      '%00',
      '\t',
      '\n',
      '\r',
      ' ',
      'evil.com',
      'https:',
      'javascript:',
      'user:pw',
      '\u2044',
      '\uFF0F',
      '\u3002',
      '\u200b',
      '\u202e',
      '[::1]',
      'a',
    )
    const attempt = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
    )
    const prefixed = fc.tuple(fc.constantFrom('', '/', '/x'), attempt).map((parts) => parts.join(''))
    fc.assert(
      fc.property(prefixed, (to) => {
        const path = safePath(to)
        if (path !== null) {
          expect(new URL(path, 'https://be-stam.com/r/x').origin).toBe('https://be-stam.com')
          expect(new URL(`https://be-stam.com${path}`).origin).toBe('https://be-stam.com')
          expect(safePath(path)).toBe(path)
        }
        expect(new URL(targetOn('https://be-stam.com', to)).origin).toBe('https://be-stam.com')
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('ownUrl', () => {
  test.each([
    ['https://be-stam.com/merci', 'https://be-stam.com/merci'],
    ['HTTPS://WWW.WEOKTO.COM', 'https://www.weokto.com/'],
    ['http://stam.localhost:8787/merci?x=1', 'http://stam.localhost:8787/merci?x=1'],
  ])('%s is ours', (address, expected) => {
    expect(ownUrl(address, HOSTS)).toBe(expected)
  })

  test.each([
    'http://be-stam.com/',
    'https://be-stam.com:8443/',
    'https://be-stam.com@evil.com/',
    'https://user:pw@be-stam.com/',
    'https://be-stam.com.evil.com/',
    'https://be-stam.com//evil.com',
    'https://be-stam.com\\@evil.com',
    'javascript:alert(1)//be-stam.com',
    'data:text/html,x',
    '//be-stam.com/',
    '/merci',
    '',
    null,
  ])('%s is not', (address) => {
    expect(ownUrl(address, HOSTS)).toBeNull()
  })
})
