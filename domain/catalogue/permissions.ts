/** What one may do with products, plans, buttons and programmes, by whom it is given to (`domain/access.ts`). */
export const CATALOGUE_PERMISSIONS = {
  productManager: ['catalogue.products', 'catalogue.plans', 'catalogue.buttons', 'catalogue.access'],
  owner: ['catalogue.programs'],
} as const
