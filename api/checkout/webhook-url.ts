import type { Ctx } from '#api/context.ts'

/** Where the vault reports one attempt. A button may name another origin that reaches us; the path is always ours. */
export function webhookUrl(ctx: Pick<Ctx, 'config'>, kind: 'capture' | 'charge', attemptId: string, buttonOverride: string | null): string {
  const base = buttonOverride && URL.canParse(buttonOverride) ? new URL(buttonOverride).origin : ctx.config.WEBHOOK_ORIGIN
  return `${base}/webhooks/pci-vault/${kind}/${attemptId}`
}
