import { expect, test } from 'vitest'
import { clientAddress, trustedProxies } from './trusted-proxies.ts'

const [PEER, PROXY, CLIENT] = ['192.0.2.1', '127.0.0.1', '203.0.113.7']

test('nobody is believed unless named, and what is no address stops the start', () => {
  expect([trustedProxies(undefined).size, trustedProxies('').size]).toEqual([0, 0])
  expect(trustedProxies('127.0.0.1, ::1,::ffff:10.0.0.1')).toEqual(new Set(['127.0.0.1', '::1', '10.0.0.1']))
  for (const wrong of ['proxy', '10.0.0.0/8', '127.0.0.1,*']) expect(() => trustedProxies(wrong)).toThrow('TRUSTED_PROXIES')
})

test.each([
  ['a stranger’s header', PEER, CLIENT, '', PEER],
  ['no header', PROXY, null, PROXY, PROXY],
  ['the proxy’s word', PROXY, CLIENT, PROXY, CLIENT],
  ['IPv4 seen as IPv6', '::ffff:127.0.0.1', CLIENT, PROXY, CLIENT],
  ['IPv6 written otherwise than in the setting', '2001:db8::1', CLIENT, '2001:0DB8:0:0:0:0:0:1', CLIENT],
  ['IPv6 written at length in the header', PROXY, `${CLIENT}, 2001:0db8::0001`, `${PROXY},2001:db8::1`, CLIENT],
  ['IPv4 seen as IPv6 in hexadecimal', '::ffff:7f00:1', CLIENT, PROXY, CLIENT],
  ['what only begins like IPv6', PROXY, '::1]:80/x', PROXY, PROXY],
  ['what the client invented before the proxy wrote', PROXY, `198.51.100.9, ${CLIENT}`, PROXY, CLIENT],
  ['two proxies of ours', PROXY, `${CLIENT}, 10.0.0.1`, `${PROXY},10.0.0.1`, CLIENT],
  ['a proxy in the list that is not ours', PROXY, `${CLIENT}, 10.0.0.1`, PROXY, '10.0.0.1'],
  ['a client that claims to be a proxy of ours', PROXY, `198.51.100.9, 10.0.0.1, ${CLIENT}`, `${PROXY},10.0.0.1`, CLIENT],
  ['what is no address', PROXY, 'unknown', PROXY, PROXY],
  ['an address with a port', PROXY, `${CLIENT}:443`, PROXY, PROXY],
  ['a list of proxies without end', PROXY, `${CLIENT},${Array(20).fill(PROXY).join(',')}`, PROXY, PROXY],
])('%s', (_what, peer, header, trusted, client) => {
  expect(clientAddress(peer, header, trustedProxies(trusted))).toBe(client)
})
