import { expect, test } from 'vitest'
import { decideNote, MAX_NOTE_LENGTH, WriteNote } from './note.ts'

const none = { text: null, version: 0 }
const stood = { text: 'À rappeler', version: 3 }

test('the first note, a change and a removal each make the next version', () => {
  expect(decideNote(none, { text: 'À rappeler', version: 0 })).toEqual({ text: 'À rappeler', version: 1 })
  expect(decideNote(stood, { text: 'Rappelé', version: 3 })).toEqual({ text: 'Rappelé', version: 4 })
  expect(decideNote(stood, { text: '', version: 3 })).toEqual({ text: null, version: 4 })
})

test('what it says already is not written again, even by a page that has not seen it', () => {
  expect(decideNote(stood, { text: 'À rappeler', version: 2 })).toBeNull()
  expect(decideNote(none, { text: '', version: 0 })).toBeNull()
})

test.each([2, 4])('whoever had version %i before their eyes is told that it has changed', (version) => {
  expect(() => decideNote(stood, { text: 'Rappelé', version })).toThrow(expect.objectContaining({ code: 'note_changed' }))
})

test('a note is cleaned as it is read, is no longer than it may be, and may be empty', () => {
  const read = (text: string, version = 0) => WriteNote.safeParse({ text, version })
  expect(read('  Deux\u202e lignes \r\n\r\n\r\n\r\nici  ').data).toEqual({ text: 'Deux lignes\n\nici', version: 0 })
  expect(read(' \n ').data?.text).toBe('')
  expect(read('é'.repeat(MAX_NOTE_LENGTH)).success).toBe(true)
  expect(read('é'.repeat(MAX_NOTE_LENGTH + 1)).success).toBe(false)
  expect(read('Note', 1.5).success).toBe(false)
  expect(read('Note', -1).success).toBe(false)
})
