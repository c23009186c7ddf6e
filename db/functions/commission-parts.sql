-- Version 1
-- What a commission still holds, and the status that follows from it.

CREATE OR REPLACE FUNCTION remaining_main(c affiliate_commissions) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN c."lockedAmount" - greatest(0, c."clawedBackAmount" - c."extendedLockAmount");

CREATE OR REPLACE FUNCTION remaining_extended(c affiliate_commissions) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN greatest(0, c."extendedLockAmount" - c."clawedBackAmount");

CREATE OR REPLACE FUNCTION still_locked(c affiliate_commissions) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN c."mainMaturedAt" IS NULL THEN remaining_main(c) ELSE 0 END
    + CASE WHEN c."extendedMaturedAt" IS NULL THEN remaining_extended(c) ELSE 0 END;

-- Whether a part of the commission's money is still the affiliate's: unspent, or reserved by a withdrawal that is
-- neither paid nor given back. Money that paid a debt or a clawback is spent.
CREATE OR REPLACE FUNCTION holds_money(p_commission text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM affiliate_lots WHERE "commissionId" = p_commission AND remaining > 0)
    OR EXISTS (
      SELECT FROM affiliate_lots l
      JOIN affiliate_lot_takes t ON t."lotId" = l.id AND t.amount > 0
      JOIN affiliate_ledger e ON e."transactionId" = t."transactionId"
        AND e.type = 'WITHDRAWAL_REQUESTED' AND e.account = 'RESERVED'
      WHERE l."commissionId" = p_commission AND NOT EXISTS (
        SELECT FROM affiliate_ledger d WHERE d."withdrawalId" = e."withdrawalId"
          AND d.type IN ('WITHDRAWAL_PAID', 'WITHDRAWAL_REJECTED', 'WITHDRAWAL_CANCELLED')))
$$;

-- The status that the amounts, the marks and the lots say. A held commission stays held: only the owner's decision,
-- or having nothing left, changes it.
CREATE OR REPLACE FUNCTION commission_status(c affiliate_commissions) RETURNS affiliate_commission_status LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN c."clawedBackAmount" >= c."totalAmount" THEN 'CLAWED_BACK'
    WHEN c.status = 'PENDING_LOCK' THEN 'PENDING_LOCK'
    WHEN c."mainMaturedAt" IS NULL THEN 'LOCKED'
    WHEN still_locked(c) > 0 THEN 'PARTIALLY_MATURED'
    WHEN holds_money(c.id) THEN 'MATURED'
    ELSE 'PAID'
  END::affiliate_commission_status
$$;

-- Commissions with nothing locked turn MATURED or PAID with their lots, so whatever moved lots ends here. A commission
-- that somebody holds is passed over: everyone who locks one before the balances computes its status after them, and
-- waiting for it here, with the balances locked, would be the wrong order.
CREATE OR REPLACE FUNCTION refresh_spent_commissions(p_tx text, p_withdrawal text, p_now timestamp) RETURNS void
LANGUAGE sql AS $$
  WITH touched AS (
    SELECT DISTINCT l."commissionId" AS id FROM affiliate_lot_takes t JOIN affiliate_lots l ON l.id = t."lotId"
    WHERE t."transactionId" = p_tx OR t."transactionId" IN (
      SELECT "transactionId" FROM affiliate_ledger
      WHERE "withdrawalId" = p_withdrawal AND type = 'WITHDRAWAL_REQUESTED')
  ), held AS MATERIALIZED (
    SELECT c.id, commission_status(c) AS next FROM affiliate_commissions c JOIN touched USING (id)
    WHERE c.status IN ('MATURED', 'PAID') ORDER BY c.id FOR UPDATE OF c SKIP LOCKED
  )
  UPDATE affiliate_commissions c SET status = h.next, "updatedAt" = p_now
  FROM held h WHERE c.id = h.id AND c.status <> h.next
$$;

REVOKE EXECUTE ON FUNCTION refresh_spent_commissions FROM PUBLIC;
