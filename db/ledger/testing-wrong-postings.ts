import type { LedgerAccount, LedgerEntryType } from '#domain/affiliation/enums.ts'

/** Of whom and what the wrong postings speak: three affiliates, and ids of commissions and withdrawals of the first two. */
export interface People {
  rich: string
  other: string
  indebted: string
  commission: string
  locked: string
  foreign: string
  approved: string
  paid: string
  pending: string
}

/** A posting that no use-case would ask for. */
export interface Wrong {
  says: string
  type: LedgerEntryType
  moves: Partial<Record<LedgerAccount, number>>
  of?: (who: People) => Record<string, string>
  to?: 'rich' | 'other' | 'indebted'
  /** What the function answers the application. */
  refused: string
  /** The invariant that finds it when it was written all the same. */
  found: string
}

const OWNERS = (w: People) => ({ createdBy: w.other, description: 'a gift' })
const BY_ITS_FUNCTION = '23514 ledger_posted_by_its_function'

export const wrongs: readonly Wrong[] = [
  {
    says: 'matures money that was never locked',
    type: 'COMMISSION_MATURED',
    moves: { PLATFORM: -500, AVAILABLE: 500 },
    of: (w) => ({ commissionId: w.commission }),
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'matures what is not due',
    type: 'COMMISSION_MATURED',
    moves: { LOCKED: -979, AVAILABLE: 979 },
    of: (w) => ({ commissionId: w.locked }),
    refused: BY_ITS_FUNCTION,
    found: 'I10',
  },
  {
    says: 'matures for nobody’s commission',
    type: 'COMMISSION_MATURED',
    moves: { LOCKED: -100, AVAILABLE: 100 },
    refused: BY_ITS_FUNCTION,
    found: 'I16',
  },
  {
    says: 'pays without a withdrawal',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -2910, PLATFORM: 2910 },
    refused: '23514 ledger_names_its_withdrawal',
    found: 'I16',
  },
  {
    says: 'pays somebody else’s withdrawal',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -873, PLATFORM: 873 },
    of: (w) => ({ withdrawalId: w.pending }),
    refused: '23514 ledger_names_its_withdrawal',
    found: 'I16',
  },
  {
    says: 'pays before the owner has marked it paid',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -2910, PLATFORM: 2910 },
    of: (w) => ({ withdrawalId: w.approved }),
    refused: 'GU001 ledger_withdrawal_in_step',
    found: 'I9',
  },
  {
    says: 'pays a withdrawal twice',
    type: 'WITHDRAWAL_PAID',
    moves: { PAYABLE: -970, PLATFORM: 970 },
    of: (w) => ({ withdrawalId: w.paid }),
    refused: 'GU001 ledger_withdrawal_in_step',
    found: 'I9',
  },
  {
    says: 'returns another amount than was asked for',
    type: 'WITHDRAWAL_RETURNED',
    moves: { PLATFORM: -1001, AVAILABLE: 1001 },
    of: (w) => ({ withdrawalId: w.paid }),
    refused: 'GU001 ledger_withdrawal_in_step',
    found: 'I16',
  },
  {
    says: 'takes a fee by itself',
    type: 'FEE_DEDUCTED',
    moves: { PAYABLE: -90, PLATFORM: 90 },
    of: (w) => ({ withdrawalId: w.approved }),
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'takes a fee for no withdrawal',
    type: 'FEE_DEDUCTED',
    moves: { RESERVED: -27, PLATFORM: 27 },
    to: 'other',
    refused: BY_ITS_FUNCTION,
    found: 'I16',
  },
  {
    says: 'takes the fee of an approval that never was',
    type: 'FEE_DEDUCTED',
    moves: { RESERVED: -27, PLATFORM: 27 },
    of: (w) => ({ withdrawalId: w.pending }),
    to: 'other',
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'forgives a debt as if it were repaid',
    type: 'DEBT_REPAID',
    moves: { PLATFORM: -500, DEBT: 500 },
    to: 'indebted',
    refused: BY_ITS_FUNCTION,
    found: 'I15',
  },
  {
    says: 'earns a commission twice',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1224, LOCKED: 1224 },
    of: (w) => ({ commissionId: w.commission }),
    refused: '23514 ledger_commission_earned_once',
    found: 'I5',
  },
  {
    says: 'earns a part of a commission',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1000, LOCKED: 1000 },
    of: (w) => ({ commissionId: w.commission }),
    refused: '23514 ledger_commission_whole',
    found: 'I16',
  },
  {
    says: 'earns straight into what can be withdrawn',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1224, AVAILABLE: 1224 },
    of: (w) => ({ commissionId: w.commission }),
    refused: '23514 ledger_commission_whole',
    found: 'I15',
  },
  {
    says: 'earns somebody else’s commission',
    type: 'COMMISSION_EARNED',
    moves: { PLATFORM: -1224, LOCKED: 1224 },
    of: (w) => ({ commissionId: w.foreign }),
    refused: '23514 ledger_names_its_commission',
    found: 'I16',
  },
  {
    says: 'claws back without a refund',
    type: 'COMMISSION_CLAWED_BACK',
    moves: { LOCKED: -245, PLATFORM: 245 },
    of: (w) => ({ commissionId: w.commission }),
    refused: BY_ITS_FUNCTION,
    found: 'I6',
  },
  {
    says: 'reinstates what was never taken',
    type: 'COMMISSION_REINSTATED',
    moves: { PLATFORM: -245, LOCKED: 245 },
    of: (w) => ({ commissionId: w.commission }),
    refused: BY_ITS_FUNCTION,
    found: 'I6',
  },
  {
    says: 'adjusts what is about to be paid out',
    type: 'ADJUSTMENT_CREDIT',
    moves: { PLATFORM: -500, PAYABLE: 500 },
    of: OWNERS,
    refused: '23514 ledger_moves_its_accounts',
    found: 'I15',
  },
  {
    says: 'credits by a debit',
    type: 'ADJUSTMENT_DEBIT',
    moves: { PLATFORM: -500, AVAILABLE: 500 },
    of: OWNERS,
    refused: '23514 ledger_moves_its_accounts',
    found: 'I15',
  },
  {
    says: 'adjusts under a commission’s name',
    type: 'ADJUSTMENT_CREDIT',
    moves: { PLATFORM: -500, AVAILABLE: 500 },
    of: (w) => ({ ...OWNERS(w), commissionId: w.commission }),
    refused: '23514 ledger_adjustment_alone',
    found: 'I16',
  },
]
