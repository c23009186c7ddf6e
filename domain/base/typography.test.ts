import { expect, test } from 'vitest'
import { frenchSpaces } from './typography.ts'

test('French punctuation is never left alone at the start of a line', () => {
  expect(frenchSpaces('Vraiment ? Oui : « 10 000,00 € » !')).toBe('Vraiment\u202f? Oui\u00a0: «\u00a010\u202f000,00\u00a0€\u00a0»\u202f!')
  expect(frenchSpaces('30 jours, 30 %')).toBe('30\u00a0jours, 30\u00a0%')
})

test('apostrophes are curved between letters only', () => {
  expect(frenchSpaces("l'offre qu'on 'cite'")).toBe("l’offre qu’on 'cite'")
})

test('what is already set is left as it is', () => {
  const once = frenchSpaces('Attendez 14 jours : ensuite, 1 224 € sont à vous !')
  expect(frenchSpaces(once)).toBe(once)
})
