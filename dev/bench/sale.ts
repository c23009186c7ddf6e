import type { Stack } from '#dev/parts/stack.ts'
export async function benchSale(_folder: string, _stack: Stack): Promise<void> {}
