/** Examples are worked out for a buyer in France, at the rate that the policy in force has for it. */
export const EXAMPLE_COUNTRY = 'FR'
