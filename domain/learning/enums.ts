export const PROGRESS_STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED'] as const
export type ProgressStatus = (typeof PROGRESS_STATUSES)[number]

export const FORMATION_LEVELS = ['beginner', 'intermediate', 'advanced'] as const
export type FormationLevel = (typeof FORMATION_LEVELS)[number]
