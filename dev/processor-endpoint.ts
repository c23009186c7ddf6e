import { endpointAccount, makeEndpoint } from './deploy/processor-endpoint.ts'
import { PlainError, sentenceOf } from './plain-error.ts'

/**
 * `secret=$(node dev/processor-endpoint.ts) && printf %s "$secret" | npx wrangler secret put PROCESSOR_WEBHOOK_SECRET`: makes the webhook endpoint at
 * the processor in the version that this release reads. Its secret is the one thing that is written to the output; it is told once, so it goes
 * straight to where it is needed. Not by a pipe between the two: where no endpoint is made, wrangler would put an empty secret in place of the one
 * that is there.
 */
async function main(): Promise<void> {
  const account = endpointAccount(process.env)
  if (account === null) throw new PlainError('PROCESSOR_DEPLOY_KEY and STAM_DOMAIN are needed.')
  const secret = await makeEndpoint(account)
  if (secret === null) throw new PlainError('The endpoint is there; its secret was told when it was made.')
  process.stdout.write(secret)
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
})
