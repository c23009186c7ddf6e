/** Every table and enum type at once: what the client, drizzle-kit and the tests of the schema need. */
export * from './affiliate.ts';
export * from './attribution.ts';
export * from './billing.ts';
export * from './boost.ts';
export * from './catalogue.ts';
export * from './chat.ts';
export * from './checkout.ts';
export * from './commission.ts';
export * from './community.ts';
export * from './enums.ts';
export * from './formation.ts';
export * from './identity.ts';
export * from './ledger.ts';
export * from './operations.ts';
export * from './play.ts';
