import { expect, test } from 'vitest'
import { typesetFrench } from './typography.ts'

test('French punctuation is never left alone at the start of a line', () => {
  expect(typesetFrench('Vraiment ? Oui : « 10 000,00 € » !')).toBe('Vraiment\u202f? Oui\u00a0: «\u00a010\u202f000,00\u00a0€\u00a0»\u202f!')
  expect(typesetFrench('30 jours, 30 %')).toBe('30\u00a0jours, 30\u00a0%')
})

test('apostrophes are curved between letters only', () => {
  expect(typesetFrench("l'offre qu'on 'cite'")).toBe("l’offre qu’on 'cite'")
})

test('what is already set is left as it is', () => {
  const once = typesetFrench('Attendez 14 jours : ensuite, 1 224 € sont à vous !')
  expect(typesetFrench(once)).toBe(once)
})
