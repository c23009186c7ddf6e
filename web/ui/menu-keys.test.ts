import { expect, test } from 'vitest'
import { destination, itemNamed, Typed } from './menu-keys.ts'

const labels = ['Modifier', 'Éditer le libellé', 'Mettre en pause', 'Archiver']

test('the arrows go round from either end, and from nowhere to the nearer end', () => {
  expect(destination('ArrowDown', 3, 4)).toBe(0)
  expect(destination('ArrowUp', 0, 4)).toBe(3)
  expect(destination('ArrowDown', -1, 4)).toBe(0)
  expect(destination('ArrowUp', -1, 4)).toBe(3)
  expect([destination('Home', 2, 4), destination('End', 2, 4), destination('x', 2, 4)]).toEqual([0, 3, undefined])
})

test('a word names an item without its accents; the same letter again walks on', () => {
  expect(itemNamed('e', labels, 0)).toBe(1)
  expect(itemNamed('m', labels, 0)).toBe(2)
  expect(itemNamed('mm', labels, 2)).toBe(0)
  expect(itemNamed('me', labels, 2)).toBe(2)
  expect(itemNamed('editer l', labels, 1)).toBe(1)
  expect(itemNamed('z', labels, 0)).toBeUndefined()
})

test('a pause begins a new word', () => {
  const typed = new Typed()
  expect([typed.add('m', 0), typed.add('e', 500), typed.isGoingOn(900), typed.isGoingOn(1_300), typed.add('a', 1_300)]).toEqual([
    'm',
    'me',
    true,
    false,
    'a',
  ])
})
