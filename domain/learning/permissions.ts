/** What one may do with formations, by whom it is given to (`domain/access.ts`). */
export const LEARNING_PERMISSIONS = {
  productManager: ['learning.formations', 'learning.completion'],
} as const
