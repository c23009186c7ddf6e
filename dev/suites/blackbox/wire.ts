import { expect } from 'vitest'
import * as z from 'zod'

interface Answered {
  status: number
  json(): Promise<unknown>
}

/** The part of an answer's body that a test looks at. */
export async function read<Shape extends z.ZodType>(answer: Answered, shape: Shape): Promise<z.output<Shape>> {
  return shape.parse(await answer.json())
}

/** The one shape of every refusal: nothing else stands in it, no trace and no statement. */
const refusal = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[a-z_]+$/),
    message: z.string().min(5),
    fields: z.record(z.string(), z.string()).optional(),
    requestId: z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  }),
})

/** Asserts that an answer is a refusal in its one shape, and gives its status and code. */
export async function refusalOf(answer: Answered): Promise<[status: number, code: string]> {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  const { error } = await read(answer, refusal)
  return [answer.status, error.code]
}

/** The sentence of a refusal, as a person reads it. */
export async function sentenceOf(answer: Answered): Promise<string> {
  return (await read(answer, refusal)).error.message
}
