import { describe, expect, test } from 'vitest'
import { domainsOf, emailAddress, isSameMailbox, mailboxOf, maskedEmail } from './email-address.ts'

describe('an address as typed', () => {
  test('is trimmed and in small letters', () => {
    expect(emailAddress.parse('  Camille.Durand+Test@Exemple.FR ')).toBe('camille.durand+test@exemple.fr')
  })

  test.each([
    'camille',
    'camille@',
    '@exemple.fr',
    'camille@exemple',
    'ca mille@exemple.fr',
    'camille@exemple.fr\nBcc: x@y.fr',
    'a@b@exemple.fr',
    `${'a'.repeat(65)}@exemple.fr`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.fr`,
    '',
  ])('%j is refused', (typed) => {
    expect(emailAddress.safeParse(typed).success).toBe(false)
  })
})

describe('the mailbox behind an address', () => {
  test('ignores case, dots, tags and Gmail’s second name', () => {
    expect(mailboxOf('Camille.Durand+promo@GoogleMail.com')).toBe('camilledurand@gmail.com')
    expect(isSameMailbox('c.durand@exemple.fr', 'CDurand+a+b@exemple.fr')).toBe(true)
    expect(isSameMailbox('c.durand@exemple.fr', 'c.durand@exemple.com')).toBe(false)
  })

  test('lies at its domain and at each above it', () => {
    expect(domainsOf('X@A.Exemple.co.uk ')).toEqual(['a.exemple.co.uk', 'exemple.co.uk', 'co.uk', 'uk'])
  })

  test('shows its first letter only', () => {
    expect(maskedEmail('camille@exemple.fr')).toBe('c•••@exemple.fr')
  })
})
