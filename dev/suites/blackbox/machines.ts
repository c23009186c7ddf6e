import { expect, test } from 'vitest'
import { request } from '#dev/http-client.ts'
import { order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { freshEmail } from './mails.ts'
import { EVERY_FIVE_MINUTES, type Fixtures } from './fixtures.ts'
import { refusalOf } from './wire.ts'

/** Those who are no people: outside parties that call, and the clock. */
export function testsOfMachines(fixtures: () => Fixtures): void {
  test('a webhook that does not prove itself changes nothing', async () => {
    const offer = await makeOffer(fixtures().t.db)
    const buyer = fixtures().stam()
    const { id } = await startCheckout(buyer, { buttonKey: offer.button.buttonKey, email: freshEmail('forged') })
    await typeCard(buyer, id, '4242424242424242')
    const review = await untilStep(buyer, id, ['REVIEW'])
    fixtures().vault.faults.arm({ fault: 'webhook_lost' })
    fixtures().processor.faults.arm({ fault: 'webhook_lost', times: 5 })
    expect((await order(buyer, review)).status).toBe(202)
    const [attempt] = await fixtures().t.admin<{ id: string }>(`select id from payment_attempts where "checkoutSessionId" = $1`, [id])
    const post = async (path: string, headers: Record<string, string>) => {
      const answer = await request(fixtures().edge.stam + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"status":200,"body":"{}"}',
      })
      return refusalOf(answer)
    }
    const charge = `/webhooks/pci-vault/charge/${attempt?.id ?? ''}`
    expect(await post(charge, {})).toEqual([401, 'unauthorized'])
    expect(await post(charge, { 'x-pcivault-webhook-secret': 'x'.repeat(43) })).toEqual([403, 'forbidden'])
    expect(await post('/webhooks/processor', {})).toEqual([401, 'unauthorized'])
    expect(await post('/webhooks/processor', { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` })).toEqual([
      403,
      'forbidden',
    ])
    expect((await untilStep(buyer, id, ['PAYING'])).step).toBe('PAYING')
    fixtures().processor.faults.clear()
  })

  test('the five-minute jobs run and leave their heartbeats', async () => {
    const { t, edge } = fixtures()
    await t.admin('delete from heartbeats')
    await edge.run(EVERY_FIVE_MINUTES, new Date())
    const heartbeats = await t.admin<{ job: string; ok: boolean }>(
      'select job, ok from heartbeats where "startedAt" is not null order by job',
    )
    expect(heartbeats).toContainEqual({ job: 'mature-commissions', ok: true })
    expect(heartbeats.every(({ ok }) => ok)).toBe(true)
  })

  test('an address whose mail comes back is marked by what its provider tells, and no code is handed over for it after that', async () => {
    const { t, mailbox } = fixtures()
    const email = freshEmail('bounced').replace('bounced-', 'bounced+').replace('@people.test', '@resend.dev')
    const ask = () => fixtures().weokto().post('/api/sign-in', { email })
    expect((await ask()).status).toBe(202)
    const marked = () => t.admin('select email from email_states where email = $1 and "bouncedAt" is not null', [email])
    await expect.poll(marked, { timeout: 10_000 }).toHaveLength(1)
    expect((await ask()).status).toBe(202)
    const withheld = () => t.admin('select id from outbox where "withheldFor" = $1 and "failedAt" is not null', [email])
    await expect.poll(withheld, { timeout: 10_000 }).toHaveLength(1)
    expect(mailbox.mails.lost(email)).toHaveLength(1)
  })

  test('a monitor that shows its token is told, and nobody else', async () => {
    const { edge } = fixtures()
    await edge.run(EVERY_FIVE_MINUTES, new Date())
    const path = `${edge.weokto}/api/health/deep`
    expect((await request(path)).status).toBe(401)
    const answer = await request(path, { headers: { authorization: `Bearer ${edge.environment['MONITOR_TOKEN']}` } })
    const { problems } = (await answer.json()) as { problems: string[] }
    expect(problems.filter((key) => key !== 'job_late:purge-expired' && key.startsWith('job_late'))).toEqual([])
  })
}
