-- Two functions that must find their rows by the commission's and the invoice's key, whatever plan was cached while the
-- tables were small: an index on a type or a status would be read from end to end for each sale of a large affiliate.

-- A commission is earned once, whole, by its own affiliate, before anything else is posted of it.
CREATE OR REPLACE FUNCTION ledger_check_earned(p_affiliate text, p_moves jsonb, p_refs jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_total int := (SELECT c."totalAmount" FROM affiliate_commissions c
                  WHERE c.id = p_refs->>'commissionId' AND c."affiliateId" = p_affiliate);
BEGIN
  PERFORM ledger_rule(v_total IS NOT NULL AND p_refs->>'withdrawalId' IS NULL, 'ledger_names_its_commission');
  PERFORM ledger_rule(ledger_moves_of(p_affiliate, p_moves) = jsonb_build_object('PLATFORM', -v_total, 'LOCKED', v_total),
    'ledger_commission_whole');
  PERFORM ledger_rule(NOT EXISTS (SELECT FROM affiliate_ledger WHERE "commissionId" = p_refs->>'commissionId'),
    'ledger_commission_earned_once');
END $$;

-- How much of a commission is to be clawed back: all of it once its hold was rejected, else the share of its invoice
-- that was refunded and not won back, floored. It sees what is committed and what its own transaction wrote. The
-- status filters the sum, not the rows, so that refunds are found by their invoice however few they were at first.
CREATE OR REPLACE FUNCTION clawback_target(c affiliate_commissions) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN c."holdRejectedAt" IS NOT NULL THEN c."totalAmount" ELSE coalesce((
    SELECT c."totalAmount" * least(coalesce(sum(r.amount) FILTER (WHERE r.status = 'PROCESSED' AND o."refundId" IS NULL), 0),
      i."amountIncludingTax") / i."amountIncludingTax"
    FROM invoices i JOIN refunds r ON r."invoiceId" = i.id LEFT JOIN dispute_outcomes o ON o."refundId" = r.id
    WHERE i.id = c."invoiceId" AND i."amountIncludingTax" > 0
    GROUP BY i.id), 0)::int END
$$;
