export interface Figure {
  bench: string
  figure: string
  value: number
  unit: 'ratio' | 'per second' | 'round trips' | 'answered' | 'seconds' | 'ms' | 'bytes' | 'KB gz' | 'calls'
  /** What was promised, when something was. */
  promise?: number
  /** Whether the promise is a floor or a ceiling. */
  keeps?: 'at least' | 'at most'
}

let misses = 0

/** Prints one figure as one line of JSON on standard output and remembers whether it kept its promise. */
export function report({ keeps = 'at least', ...figure }: Figure): void {
  const value = Math.abs(figure.value) >= 100 ? Math.round(figure.value) : Math.round(figure.value * 1000) / 1000
  console.log(JSON.stringify({ ...figure, value }))
  if (figure.promise === undefined) return
  const kept = keeps === 'at least' ? value >= figure.promise : value <= figure.promise
  if (kept) return
  misses += 1
  console.error(`Missed: ${figure.figure} should be ${keeps} ${figure.promise} and is ${value}.`)
}

export const missedFigures = (): number => misses

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? above : (below + above) / 2
}
