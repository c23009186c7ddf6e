import * as fc from 'fast-check'

const LONG = 'a'.repeat(1_000_000)
const DEEP = 20_000

/** Texts that broke programs before. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  '\u202egnp.exe',
  '\ufeff\u200b\u2028',
  'é'.normalize('NFD').repeat(50),
  '👩‍👩‍👧‍👦'.repeat(30),
  "' OR 1=1; --",
  '"; DROP TABLE invoices; --',
  '%00',
  '%',
  '%ff%fe',
  '../../etc/passwd',
  '..%2f..%2f',
  '\\\\evil.example',
  '//evil.example',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e309',
  '9'.repeat(40),
  '9223372036854775808',
  '2147483648',
  '-9223372036854775809',
  '0x10',
  '1.5',
  '٣',
  '1_000',
  'true',
  '[]',
  '\r\nx-injected: 1',
  '2026-13-45',
  'a@b',
  `${'a'.repeat(64)}@${'b'.repeat(180)}.test`,
  'a'.repeat(5_000),
  'a'.repeat(40_000),
] as const

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
)

const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

/** Any JSON value, rather a strange one. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], { a: { b: {} } }, [null], { length: 3 }, { toString: 1 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** Bodies that are no answer to any question, as they would travel. */
export const brokenBody: fc.Arbitrary<BodyInit> = fc.constantFrom<BodyInit[]>(
  '',
  '{',
  '{"a":',
  '[1,',
  'null',
  'true',
  '"text"',
  '42',
  '[]',
  '{}',
  '\u0000',
  '{"__proto__":{"role":"OWNER"},"constructor":{"prototype":{"x":1}}}',
  '{"a":1,"a":2}',
  '{"\\ud800":"\\udfff"}',
  '{"email":"\\u0000@b.test"}',
  '{"n":1e999}',
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP / 2)}1${'}'.repeat(DEEP / 2)}`,
  LONG,
  JSON.stringify({ email: LONG }),
  new Uint8Array([0xff, 0xfe, 0x00, 0x7b]),
  new Uint8Array([0x1f, 0x8b, 0x08, 0x00]),
  'a=b&c[]=d&__proto__[x]=1',
  '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nb\r\n--x--\r\n',
)

export const contentType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'application/vnd.api+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/octet-stream',
  'image/png',
  'json',
  '',
)

/** Methods that no page uses. CONNECT, TRACE and TRACK never get past a server. */
export const oddMethod = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY', 'LOCK', 'X')

/** Headers that an outsider may set to anything; only what may stand in a header at all. */
export const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(
    'accept-language',
    'user-agent',
    'referer',
    'x-forwarded-host',
    'x-forwarded-for',
    'cf-connecting-ip',
    'cookie',
    'authorization',
    'if-none-match',
    'range',
    'content-encoding',
    'sec-purpose',
    'x-pcivault-webhook-secret',
    'stripe-signature',
    'x-http-method-override',
    'content-length',
  ),
  fc.oneof(
    fc.constantFrom(
      '',
      'fr',
      '*',
      'x'.repeat(5_000),
      'en;q=abc',
      '999',
      '-1',
      'bytes=0-99999999',
      'gzip',
      'session=',
      'session=%',
      'session=x; session=y; locale=xx',
      't=1,v1=00',
      't=x,v1=',
      'evil.example',
    ),
    fc.string({ maxLength: 80 }).map((text) => text.replaceAll(/[^\u0020-\u007e]/g, '?')),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/g, 'é')),
  ),
  { maxKeys: 3 },
)
