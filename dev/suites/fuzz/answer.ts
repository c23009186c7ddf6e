import { expect } from 'vitest'
import * as z from 'zod'
import type { Marks } from './marks.ts'

/** A stack, a statement, a file or a driver's words. */
const LEAK = /\bat \S+ \(|node_modules|\.ts\b|select |insert into|PostgresError|NeonDbError|TypeError|SyntaxError|ZodError/i

const refusal = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[a-z_]+$/),
    message: z.string().min(5),
    fields: z.record(z.string(), z.string()).optional(),
    requestId: z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  }),
})

/** What every answer owes whoever asked: no failure of ours; and a refusal has its one shape, tells nothing of the inside and wrote nothing. */
export async function expectAnswer(
  response: Response,
  { hasBody, marks, before }: { hasBody: boolean; marks: Marks; before: string },
): Promise<void> {
  const text = await response.text()
  expect(response.status, text).toBeLessThan(500)
  if (response.status < 400) return
  if (hasBody) expect(refusal.safeParse(jsonOf(text)).error?.issues ?? [], text).toEqual([])
  expect(text).not.toMatch(LEAK)
  expect(await marks.now(), text).toBe(before)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
