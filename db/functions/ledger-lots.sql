-- Version 1
-- Which commissions a withdrawal is paid from, and what goes back to them.

-- Takes up to p_amount from the open lots, oldest first, from one commission's only when it is named; returns what it
-- could not take. A lot restored and taken again in one transaction keeps one take, the net of both.
CREATE OR REPLACE FUNCTION ledger_take_lots(p_affiliate text, p_commission text, p_tx text, p_amount int)
RETURNS int LANGUAGE sql AS $$
  WITH open_lots AS (
    SELECT id, remaining, sum(remaining) OVER (ORDER BY "eventAt", seq) - remaining AS older
    FROM affiliate_lots
    WHERE "affiliateId" = p_affiliate AND remaining > 0 AND (p_commission IS NULL OR "commissionId" = p_commission)
  ), taken AS (
    SELECT id, least(remaining, p_amount - older)::int AS amount FROM open_lots WHERE older < p_amount
  ), spent AS (
    UPDATE affiliate_lots l SET remaining = l.remaining - t.amount FROM taken t WHERE l.id = t.id
  ), noted AS (
    INSERT INTO affiliate_lot_takes ("lotId", "transactionId", amount) SELECT id, p_tx, amount FROM taken
    ON CONFLICT ("lotId", "transactionId") DO UPDATE SET amount = affiliate_lot_takes.amount + excluded.amount
  )
  SELECT p_amount - coalesce(sum(amount), 0)::int FROM taken;
$$;

-- Gives a withdrawal's lots back to where they came from. The takes stay; their opposites are written beside them.
CREATE OR REPLACE FUNCTION ledger_restore_lots(p_withdrawal text, p_tx text, p_amount int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_restored int;
BEGIN
  WITH reserved AS (
    SELECT t."lotId", t.amount FROM affiliate_lot_takes t WHERE t."transactionId" IN (
      SELECT "transactionId" FROM affiliate_ledger WHERE "withdrawalId" = p_withdrawal AND type = 'WITHDRAWAL_REQUESTED')
  ), back AS (
    UPDATE affiliate_lots l SET remaining = l.remaining + r.amount FROM reserved r WHERE l.id = r."lotId"
  ), noted AS (
    INSERT INTO affiliate_lot_takes ("lotId", "transactionId", amount) SELECT "lotId", p_tx, -amount FROM reserved
  )
  SELECT coalesce(sum(amount), 0) INTO v_restored FROM reserved;
  PERFORM guard(v_restored = p_amount, 'ledger_lots_restored');
END $$;

-- What a change of AVAILABLE does to the lots: a credit opens one or restores the withdrawal's, a debit takes them,
-- a clawback its own commission's first.
CREATE OR REPLACE FUNCTION ledger_move_lots(p_affiliate text, p_tx text, p_type ledger_entry_type, p_amount int, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_left int := -p_amount;
BEGIN
  IF p_amount < 0 THEN
    IF p_type = 'COMMISSION_CLAWED_BACK' THEN
      v_left := ledger_take_lots(p_affiliate, p_refs->>'commissionId', p_tx, v_left);
    END IF;
    IF v_left > 0 THEN v_left := ledger_take_lots(p_affiliate, NULL, p_tx, v_left); END IF;
    PERFORM guard(v_left = 0, 'ledger_lots_cover_available');
  ELSIF p_type IN ('WITHDRAWAL_REJECTED', 'WITHDRAWAL_CANCELLED', 'WITHDRAWAL_RETURNED') THEN
    PERFORM ledger_restore_lots(p_refs->>'withdrawalId', p_tx, p_amount);
  ELSE
    INSERT INTO affiliate_lots (id, "affiliateId", "commissionId", source, amount, remaining, "createdAt", "eventAt")
    VALUES (gen_random_uuid()::text, p_affiliate, p_refs->>'commissionId',
      coalesce(p_refs->'lot'->>'source', CASE WHEN p_type = 'COMMISSION_MATURED' THEN 'commission' ELSE 'adjustment' END),
      p_amount, p_amount, p_now, p_event_at);
  END IF;
END $$;

REVOKE EXECUTE ON FUNCTION ledger_take_lots, ledger_restore_lots, ledger_move_lots FROM PUBLIC;
