-- The ledger is written here and nowhere else. The application's role may call guard and post_ledger, and can neither
-- insert into affiliate_ledger nor change a balance, a lot or a take by itself: the functions run as their owner.
-- None of them reads the clock: every time comes from the caller.

-- A condition inside a batch: an UPDATE that matches no row raises nothing by itself, so the batch asks here.
-- SQLSTATE GU001 with the condition's name as the constraint means: what was decided on has changed, load again.
CREATE FUNCTION guard(ok boolean, name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION 'guard % does not hold', name USING ERRCODE = 'GU001', CONSTRAINT = name;
  END IF;
  RETURN true;
END $$;

-- Locks the affiliate's PLATFORM balance, which every writer takes first and which therefore orders all of them, then
-- refuses a key that was used before: with the lock held the answer cannot change any more.
CREATE FUNCTION ledger_lock(p_affiliate text, p_key text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM affiliate_balances WHERE "affiliateId" = p_affiliate AND account = 'PLATFORM' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'affiliate % has no balances', p_affiliate
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'ledger_balances_exist';
  END IF;
  IF EXISTS (SELECT FROM affiliate_ledger WHERE "idempotencyKey" = p_key || ':1') THEN
    RAISE EXCEPTION 'ledger key % is used', p_key
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'affiliate_ledger_idempotencyKey_key';
  END IF;
END $$;

-- Turns the caller's moves into the rows to write: a debit marked orDebt takes what AVAILABLE holds and leaves the rest
-- to DEBT, rows of zero vanish, and what remains must sum to zero and name each account once.
CREATE FUNCTION ledger_moves(p_affiliate text, p_moves jsonb)
RETURNS TABLE (n int, account ledger_account, amount int) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_available int := (SELECT b.balance FROM affiliate_balances b
                      WHERE b."affiliateId" = p_affiliate AND b.account = 'AVAILABLE');
BEGIN
  RETURN QUERY
  WITH asked AS (
    SELECT m.account, m.amount, coalesce(m."orDebt", false) AS spills, m.place
    FROM ROWS FROM (jsonb_to_recordset(p_moves) AS (account ledger_account, amount int, "orDebt" boolean))
      WITH ORDINALITY AS m(account, amount, "orDebt", place)
  ), split AS (
    SELECT account, CASE WHEN spills THEN greatest(amount, -v_available) ELSE amount END AS amount, place FROM asked
    UNION ALL
    SELECT 'DEBT', amount + v_available, place FROM asked WHERE spills AND amount + v_available < 0
  )
  SELECT (row_number() OVER (ORDER BY place, account))::int, account, amount FROM split WHERE amount <> 0;
END $$;

-- Appends one row and moves its balance. The CHECKs of affiliate_balances answer "not enough" with 23514.
CREATE FUNCTION ledger_append(p_affiliate text, p_tx text, p_key text, p_type ledger_entry_type, p_account ledger_account,
  p_amount int, p_refs jsonb, p_event_at timestamp, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_balance affiliate_balances;
BEGIN
  UPDATE affiliate_balances SET balance = balance + p_amount, seq = seq + 1
  WHERE "affiliateId" = p_affiliate AND account = p_account RETURNING * INTO STRICT v_balance;
  INSERT INTO affiliate_ledger (id, "affiliateId", type, amount, "balanceAfter", "commissionId", "withdrawalId",
    description, metadata, "createdAt", "createdBy", account, "transactionId", seq, "idempotencyKey", "eventAt")
  VALUES (gen_random_uuid()::text, p_affiliate, p_type, p_amount, v_balance.balance, p_refs->>'commissionId',
    p_refs->>'withdrawalId', coalesce(p_refs->>'description', p_type::text), p_refs->'metadata', p_now,
    p_refs->>'createdBy', p_account, p_tx, v_balance.seq, p_key, p_event_at);
END $$;

-- Takes up to p_amount from the open lots, oldest first, from one commission's only when it is named; returns what it
-- could not take. A lot restored and taken again in one transaction keeps one take, the net of both.
CREATE FUNCTION ledger_take_lots(p_affiliate text, p_commission text, p_tx text, p_amount int)
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
CREATE FUNCTION ledger_restore_lots(p_withdrawal text, p_tx text, p_amount int) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE FUNCTION ledger_move_lots(p_affiliate text, p_tx text, p_type ledger_entry_type, p_amount int, p_refs jsonb,
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

-- After every credit to AVAILABLE the debt takes its part, under the same transactionId, as rows n+1 and n+2.
CREATE FUNCTION ledger_repay_debt(p_affiliate text, p_tx text, p_key text, p_n int, p_credit int, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_repaid int := least(p_credit, -(SELECT balance FROM affiliate_balances
                                    WHERE "affiliateId" = p_affiliate AND account = 'DEBT'));
BEGIN
  IF v_repaid > 0 THEN
    PERFORM ledger_append(p_affiliate, p_tx, p_key || ':' || p_n + 1, 'DEBT_REPAID', 'AVAILABLE', -v_repaid,
      p_refs - 'description', p_event_at, p_now);
    PERFORM ledger_append(p_affiliate, p_tx, p_key || ':' || p_n + 2, 'DEBT_REPAID', 'DEBT', v_repaid,
      p_refs - 'description', p_event_at, p_now);
    PERFORM ledger_move_lots(p_affiliate, p_tx, 'DEBT_REPAID', -v_repaid, p_refs, p_event_at, p_now);
  END IF;
END $$;

-- The profile's totals are caches of the ledger, moved by the write that moves it. A rejected hold is in none of them:
-- its clawback says so in its metadata, and what was refunded before the rejection leaves the total again.
CREATE FUNCTION ledger_caches(p_affiliate text, p_type ledger_entry_type, p_gross int, p_refs jsonb, p_now timestamp)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_refunded int := CASE p_type
    WHEN 'COMMISSION_CLAWED_BACK' THEN p_gross WHEN 'COMMISSION_REINSTATED' THEN -p_gross ELSE 0 END;
  v_withdrawn int := CASE p_type WHEN 'WITHDRAWAL_RETURNED' THEN -p_gross WHEN 'WITHDRAWAL_PAID' THEN
    (SELECT "requestedAmount" FROM withdrawal_requests WHERE id = p_refs->>'withdrawalId') ELSE 0 END;
  v_earned int := CASE p_type WHEN 'COMMISSION_EARNED' THEN p_gross ELSE 0 END;
  v_debt int := -(SELECT balance FROM affiliate_balances WHERE "affiliateId" = p_affiliate AND account = 'DEBT');
BEGIN
  IF p_type = 'COMMISSION_CLAWED_BACK' AND (p_refs->'metadata'->>'holdRejected')::boolean THEN
    v_refunded := -(SELECT "clawedBackAmount" FROM affiliate_commissions WHERE id = p_refs->>'commissionId');
  END IF;
  UPDATE affiliate_profiles SET
    "totalCommissionsEarned" = "totalCommissionsEarned" + v_earned, "totalRefunded" = "totalRefunded" + v_refunded,
    "totalWithdrawn" = "totalWithdrawn" + v_withdrawn, "debtAmount" = v_debt, "updatedAt" = p_now
  WHERE "userId" = p_affiliate
    AND (v_earned <> 0 OR v_refunded <> 0 OR v_withdrawn <> 0 OR "debtAmount" <> v_debt);
END $$;

-- Writes one event: p_moves is [{"account","amount","orDebt"?}], p_refs is {commissionId?, withdrawalId?, description?,
-- metadata?, createdBy?, lot?: {source}}. Returns the transaction's id, or null when nothing but zeros was asked for.
-- Refuses: 23505 the key was used · 23514 an account would pass its limit · GU001 DEBT would stand beside AVAILABLE, so
-- the caller decided on an old balance · 22023 the moves are no transaction.
-- Everything in it is found by key; seqscan is off because a plan cached while the tables were small would stay.
CREATE FUNCTION post_ledger(p_affiliate text, p_key text, p_type ledger_entry_type, p_moves jsonb, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_tx text := gen_random_uuid()::text;
  v_move record;
  v_rows int := 0;
  v_sum bigint := 0;
  v_gross int := 0;
  v_available int := 0;
  v_seen ledger_account[] := '{}';
BEGIN
  IF p_type IN ('ADJUSTMENT_CREDIT', 'ADJUSTMENT_DEBIT')
    AND (coalesce(p_refs->>'createdBy', '') = '' OR coalesce(p_refs->>'description', '') = '') THEN
    RAISE EXCEPTION 'an adjustment needs its owner and a reason'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_adjustment_reasoned';
  END IF;
  PERFORM ledger_lock(p_affiliate, p_key);
  FOR v_move IN SELECT * FROM ledger_moves(p_affiliate, p_moves) ORDER BY n LOOP
    PERFORM ledger_append(p_affiliate, v_tx, p_key || ':' || v_move.n, p_type, v_move.account, v_move.amount,
      p_refs, p_event_at, p_now);
    v_rows := v_move.n;
    v_sum := v_sum + v_move.amount;
    IF v_move.account = 'PLATFORM' THEN v_gross := abs(v_move.amount); END IF;
    IF v_move.account = 'AVAILABLE' THEN v_available := v_move.amount; END IF;
    v_seen := v_seen || v_move.account;
  END LOOP;
  IF v_rows = 0 THEN RETURN NULL; END IF;
  IF v_sum <> 0 OR (SELECT count(DISTINCT a) FROM unnest(v_seen) a) <> v_rows THEN
    RAISE EXCEPTION 'moves of % do not make a transaction: %', p_key, p_moves USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF v_available <> 0 THEN
    PERFORM ledger_move_lots(p_affiliate, v_tx, p_type, v_available, p_refs, p_event_at, p_now);
  END IF;
  IF v_available > 0 THEN
    PERFORM ledger_repay_debt(p_affiliate, v_tx, p_key, v_rows, v_available, p_refs, p_event_at, p_now);
  END IF;
  PERFORM guard(count(*) = 0, 'ledger_available_before_debt') FROM affiliate_balances a JOIN affiliate_balances d
    ON d."affiliateId" = a."affiliateId" AND d.account = 'DEBT' AND d.balance < 0
    WHERE a."affiliateId" = p_affiliate AND a.account = 'AVAILABLE' AND a.balance > 0;
  PERFORM ledger_caches(p_affiliate, p_type, v_gross, p_refs, p_now);
  PERFORM refresh_spent_commissions(v_tx, p_refs->>'withdrawalId', p_now);
  RETURN v_tx;
END $$;

REVOKE EXECUTE ON FUNCTION ledger_lock, ledger_moves, ledger_append, ledger_take_lots, ledger_restore_lots,
  ledger_move_lots, ledger_repay_debt, ledger_caches, post_ledger FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'weokto_app') THEN
    GRANT EXECUTE ON FUNCTION guard, post_ledger TO weokto_app;
  END IF;
END $$;
