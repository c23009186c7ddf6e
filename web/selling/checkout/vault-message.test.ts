import { expect, test } from 'vitest'
import { readVaultMessage } from './vault-message.ts'

const FRAME = 'https://api.pcivault.io/v1/capture/iframe/pcd?unique_id=a&secret=b'
const origin = 'https://api.pcivault.io'

test('only the vault is heard', () => {
  expect(readVaultMessage({ origin: 'https://evil.example', data: { event: 'success' } }, FRAME)).toBeNull()
  expect(readVaultMessage({ origin: 'null', data: { event: 'success' } }, FRAME)).toBeNull()
})

test('a height stays within bounds', () => {
  expect(readVaultMessage({ origin, data: { event: 'height', height: 480 } }, FRAME)).toEqual({ kind: 'height', height: 480 })
  expect(readVaultMessage({ origin, data: { height: 1e9 } }, FRAME)).toEqual({ kind: 'height', height: 1_600 })
  expect(readVaultMessage({ origin, data: { height: -5 } }, FRAME)).toEqual({ kind: 'height', height: 200 })
})

test('anything else means: ask the server', () => {
  for (const data of [{ event: 'success' }, 'saved', null, undefined, { height: 'tall' }]) {
    expect(readVaultMessage({ origin, data }, FRAME)).toEqual({ kind: 'done' })
  }
})
