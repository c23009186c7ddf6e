-- Version 1
-- The ledger is written here and nowhere else. The application may call guard, post_ledger, mature_commissions and settle_clawback; it can neither
-- insert into affiliate_ledger nor change a balance, a lot or a take by itself: these functions run as their owner. None of them reads the clock:
-- every time comes from the caller.

-- Locks the affiliate's PLATFORM balance, which every writer takes first and which therefore orders all of them, then
-- refuses a key that was used before: with the lock held the answer cannot change any more.
CREATE OR REPLACE FUNCTION ledger_lock(p_affiliate text, p_key text) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION ledger_moves(p_affiliate text, p_moves jsonb)
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
CREATE OR REPLACE FUNCTION ledger_append(p_affiliate text, p_tx text, p_key text, p_type ledger_entry_type, p_account ledger_account,
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

-- After every credit to AVAILABLE the debt takes its part, under the same transactionId, as rows n+1 and n+2.
CREATE OR REPLACE FUNCTION ledger_repay_debt(p_affiliate text, p_tx text, p_key text, p_n int, p_credit int, p_refs jsonb,
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

-- Approval is one event with two sides: the net becomes payable, and the fee is the platform's under the same
-- transactionId, as rows n+1 and n+2.
CREATE OR REPLACE FUNCTION ledger_deduct_fee(p_affiliate text, p_tx text, p_key text, p_n int, p_refs jsonb, p_event_at timestamp,
  p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_fee int := (SELECT "feeAmount" FROM withdrawal_requests WHERE id = p_refs->>'withdrawalId');
BEGIN
  IF v_fee > 0 THEN
    PERFORM ledger_append(p_affiliate, p_tx, p_key || ':' || p_n + 1, 'FEE_DEDUCTED', 'RESERVED', -v_fee,
      p_refs - 'description', p_event_at, p_now);
    PERFORM ledger_append(p_affiliate, p_tx, p_key || ':' || p_n + 2, 'FEE_DEDUCTED', 'PLATFORM', v_fee,
      p_refs - 'description', p_event_at, p_now);
  END IF;
END $$;

-- The owner's columns of totals end at 21,474,836.47 €. A lifetime's total that has come there stays there, so that a
-- figure for the eye never stops a sale, a refund or a payment; the ledger goes on counting.
CREATE OR REPLACE FUNCTION ledger_capped(p_total int, p_change bigint) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN p_total = 2147483647 THEN p_total ELSE least(p_total + p_change, 2147483647)::int END;

-- The profile's totals are caches of the ledger, moved by the write that moves it. What was refunded is left to
-- settle_clawback, which knows what counts as a refund.
CREATE OR REPLACE FUNCTION ledger_caches(p_affiliate text, p_type ledger_entry_type, p_gross int, p_refs jsonb,
  p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_withdrawn int := CASE p_type WHEN 'WITHDRAWAL_RETURNED' THEN -p_gross WHEN 'WITHDRAWAL_PAID' THEN
    (SELECT "requestedAmount" FROM withdrawal_requests WHERE id = p_refs->>'withdrawalId') ELSE 0 END;
  v_earned int := CASE p_type WHEN 'COMMISSION_EARNED' THEN p_gross ELSE 0 END;
  v_debt int := -(SELECT balance FROM affiliate_balances WHERE "affiliateId" = p_affiliate AND account = 'DEBT');
BEGIN
  UPDATE affiliate_profiles SET
    "totalCommissionsEarned" = ledger_capped("totalCommissionsEarned", v_earned),
    "totalWithdrawn" = ledger_capped("totalWithdrawn", v_withdrawn), "debtAmount" = v_debt, "updatedAt" = p_now
  WHERE "userId" = p_affiliate AND (v_earned <> 0 OR v_withdrawn <> 0 OR "debtAmount" <> v_debt);
END $$;

-- Writes one event: p_moves is [{"account","amount","orDebt"?}], p_refs is {commissionId?, withdrawalId?, description?,
-- metadata?, createdBy?, lot?: {source}}. Returns the transaction's id, or null when nothing but zeros was asked for.
-- Its callers hold the affiliate's PLATFORM balance locked and have asked whether the event may be.
-- Refuses: 23505 the key was used · 23514 an account would pass its limit, or is none that this event moves so · GU001
-- DEBT would stand beside AVAILABLE, so the caller decided on an old balance · 22023 the moves are no transaction.
-- Everything in it is found by key; seqscan is off because a plan cached while the tables were small would stay.
CREATE OR REPLACE FUNCTION ledger_write(p_affiliate text, p_key text, p_type ledger_entry_type, p_moves jsonb, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS text LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_tx text := gen_random_uuid()::text;
  v_move record;
  v_rows int := 0;
  v_sum bigint := 0;
  v_gross int := 0;
  v_available int := 0;
  v_seen ledger_account[] := '{}';
BEGIN
  FOR v_move IN SELECT * FROM ledger_moves(p_affiliate, p_moves) ORDER BY n LOOP
    PERFORM ledger_rule(ledger_may_move(p_type, v_move.account, v_move.amount), 'ledger_moves_its_accounts');
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
  IF p_type = 'WITHDRAWAL_APPROVED' THEN
    PERFORM ledger_deduct_fee(p_affiliate, v_tx, p_key, v_rows, p_refs, p_event_at, p_now);
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

-- What the application may ask: a commission earned, the steps of a withdrawal, an owner's adjustment. What follows
-- from them, or from a date or a refund, is posted by the functions that know when it is due.
CREATE OR REPLACE FUNCTION post_ledger(p_affiliate text, p_key text, p_type ledger_entry_type, p_moves jsonb, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  -- A key under which something else will be posted would stop that for ever: one commission's maturation, everybody's.
  PERFORM ledger_rule(p_key NOT LIKE 'mature:%' AND (p_key NOT LIKE 'earned:%' OR p_type = 'COMMISSION_EARNED'), 'ledger_key_of_another');
  PERFORM ledger_lock(p_affiliate, p_key);
  IF p_type = 'COMMISSION_EARNED' THEN
    PERFORM ledger_check_earned(p_affiliate, p_moves, p_refs);
  ELSIF p_type::text LIKE 'WITHDRAWAL\_%' THEN
    PERFORM ledger_check_withdrawal(p_affiliate, p_type, p_moves, p_refs);
  ELSE
    PERFORM ledger_rule(p_type IN ('ADJUSTMENT_CREDIT', 'ADJUSTMENT_DEBIT'), 'ledger_posted_by_its_function');
    PERFORM ledger_rule(p_refs->>'createdBy' <> '' AND p_refs->>'description' <> '', 'ledger_adjustment_reasoned');
    PERFORM ledger_rule(num_nonnulls(p_refs->>'commissionId', p_refs->>'withdrawalId') = 0, 'ledger_adjustment_alone');
  END IF;
  RETURN ledger_write(p_affiliate, p_key, p_type, p_moves, p_refs, p_event_at, p_now);
END $$;

REVOKE EXECUTE ON FUNCTION ledger_lock, ledger_moves, ledger_append, ledger_repay_debt, ledger_deduct_fee, ledger_capped, ledger_caches,
  ledger_write, post_ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_ledger TO weokto_app;
