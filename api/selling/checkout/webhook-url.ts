import type { Ctx } from '#api/context.ts'
import { log } from '#api/log.ts'

/**
 * Where the vault reports one attempt. A button may name another origin that reaches us; the path is always ours. Whoever is reported to holds
 * the attempt's secret, so an origin that is not configured is never used, whoever wrote the button's row.
 */
export function webhookUrl(
  ctx: Pick<Ctx, 'config' | 'requestId'>,
  kind: 'capture' | 'charge',
  attemptId: string,
  buttonOverride: string | null,
): string {
  const { WEBHOOK_ORIGIN, WEBHOOK_ORIGINS } = ctx.config
  const wanted = buttonOverride && URL.canParse(buttonOverride) ? new URL(buttonOverride).origin : null
  const known = wanted !== null && WEBHOOK_ORIGINS.includes(wanted)
  if (buttonOverride && !known) log(ctx, 'webhook_origin_foreign', { attemptId })
  return `${known ? wanted : WEBHOOK_ORIGIN}/webhooks/pci-vault/${kind}/${attemptId}`
}
