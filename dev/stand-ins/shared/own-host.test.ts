import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailbox } from '#dev/stand-ins/mailbox/server.ts'
import { startNeonHttp } from '#dev/stand-ins/neon/server.ts'
import { start as startVault } from '#dev/stand-ins/pci-vault/server.ts'
import { start as startProcessor } from '#dev/stand-ins/processor/server.ts'
import { send } from './loopback.ts'
import { LOGIN } from './payment-parties.ts'

const running: { name: string; url: string; stop: () => Promise<void> }[] = []
beforeAll(async () => {
  running.push({ name: 'vault', ...(await startVault({ port: 0, ...LOGIN })) })
  running.push({ name: 'processor', ...(await startProcessor({ port: 0, keys: [] })) })
  running.push({ name: 'mailbox', ...(await startMailbox({ apiKey: 'x' })) })
  running.push({ name: 'database front', ...(await startNeonHttp()) })
})
afterAll(() => Promise.all(running.map(({ stop }) => stop())))

const askAs = (url: string, host: string) => send({ method: 'GET', url, headers: { host }, body: '', timeoutMs: 2_000 })

describe.each(['vault', 'processor', 'mailbox', 'database front'])('the %s', (name) => {
  const url = (): string => running.find((one) => one.name === name)?.url ?? ''

  it('answers nobody who came under another name, as a web page does that had its name point here', async () => {
    const port = new URL(url()).port
    const names = ['127.0.0.1', 'localhost', 'vault.localhost', 'evil.example', 'localhost.evil.example', '127.0.0.1.evil.example']
    const statuses = await Promise.all(names.map(async (host) => (await askAs(url(), `${host}:${port}`)).status))
    expect(statuses.map((status) => status === 421)).toEqual([false, false, false, true, true, true])
  })

  it('is not reached at any other address of this machine', async () => {
    const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
      addresses.filter((address) => !address.internal && address.family === 'IPv4').map((address) => address.address),
    )
    // All of 127.0.0.0/8 is this machine's on Linux, so that there is always a second address to try.
    for (const address of ['127.0.0.2', ...others])
      await expect(fetch(`http://${address}:${new URL(url()).port}/`)).rejects.toThrow('fetch failed')
  })
})
