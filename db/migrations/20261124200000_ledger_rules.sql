-- What the ledger takes from whom. post_ledger is what the application asks; it locks, holds the posting against the
-- commission or the request that it names, and hands it to ledger_write, which the other functions call as well.

-- Refuses a posting that no use-case should have asked for: 23514 with the rule's name as the constraint.
CREATE FUNCTION ledger_rule(ok boolean, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION 'the ledger''s rule % does not hold', name USING ERRCODE = 'check_violation', CONSTRAINT = name;
  END IF;
END $$;

-- Each event moves its own accounts, each in one direction.
CREATE FUNCTION ledger_may_move(p_type ledger_entry_type, p_account ledger_account, p_amount int) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_type
    WHEN 'COMMISSION_EARNED' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('LOCKED', 1))
    WHEN 'COMMISSION_MATURED' THEN (p_account, sign(p_amount)) IN (('LOCKED', -1), ('AVAILABLE', 1))
    WHEN 'COMMISSION_CLAWED_BACK' THEN
      (p_account, sign(p_amount)) IN (('LOCKED', -1), ('AVAILABLE', -1), ('DEBT', -1), ('PLATFORM', 1))
    WHEN 'COMMISSION_REINSTATED' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('LOCKED', 1))
    WHEN 'WITHDRAWAL_REQUESTED' THEN (p_account, sign(p_amount)) IN (('AVAILABLE', -1), ('RESERVED', 1))
    WHEN 'WITHDRAWAL_APPROVED' THEN (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PAYABLE', 1))
    WHEN 'FEE_DEDUCTED' THEN (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PLATFORM', 1))
    WHEN 'WITHDRAWAL_PAID' THEN (p_account, sign(p_amount)) IN (('PAYABLE', -1), ('PLATFORM', 1))
    WHEN 'WITHDRAWAL_REJECTED' THEN
      (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PAYABLE', -1), ('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'WITHDRAWAL_CANCELLED' THEN
      (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PAYABLE', -1), ('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'WITHDRAWAL_RETURNED' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'ADJUSTMENT_CREDIT' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'ADJUSTMENT_DEBIT' THEN (p_account, sign(p_amount)) IN (('AVAILABLE', -1), ('DEBT', -1), ('PLATFORM', 1))
    WHEN 'DEBT_REPAID' THEN (p_account, sign(p_amount)) IN (('AVAILABLE', -1), ('DEBT', 1))
    ELSE false
  END
$$;

-- The accounts and amounts of a posting as one value, to be compared with those that were asked for. Zeros are not written.
CREATE FUNCTION ledger_moves_of(p_affiliate text, p_moves jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(account, amount), '{}') FROM ledger_moves(p_affiliate, p_moves)
$$;

-- A commission is earned once, whole, by its own affiliate.
CREATE FUNCTION ledger_check_earned(p_affiliate text, p_moves jsonb, p_refs jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_total int := (SELECT c."totalAmount" FROM affiliate_commissions c
                  WHERE c.id = p_refs->>'commissionId' AND c."affiliateId" = p_affiliate);
BEGIN
  PERFORM ledger_rule(v_total IS NOT NULL AND p_refs->>'withdrawalId' IS NULL, 'ledger_names_its_commission');
  PERFORM ledger_rule(ledger_moves_of(p_affiliate, p_moves) = jsonb_build_object('PLATFORM', -v_total, 'LOCKED', v_total),
    'ledger_commission_whole');
  PERFORM ledger_rule(NOT EXISTS (SELECT FROM affiliate_ledger
    WHERE "commissionId" = p_refs->>'commissionId' AND type = 'COMMISSION_EARNED'), 'ledger_commission_earned_once');
END $$;

-- What an event of a withdrawal moves, by the amounts of its request. What is given back comes from where it lies.
CREATE FUNCTION withdrawal_moves(w withdrawal_requests, p_type ledger_entry_type, p_is_approved boolean) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(account, amount) FILTER (WHERE amount <> 0), '{}') FROM (VALUES
    ('WITHDRAWAL_REQUESTED', NULL, 'AVAILABLE', -w."requestedAmount"),
    ('WITHDRAWAL_REQUESTED', NULL, 'RESERVED', w."requestedAmount"),
    ('WITHDRAWAL_APPROVED', NULL, 'RESERVED', -w."netAmount"),
    ('WITHDRAWAL_APPROVED', NULL, 'PAYABLE', w."netAmount"),
    ('WITHDRAWAL_PAID', NULL, 'PAYABLE', -w."netAmount"),
    ('WITHDRAWAL_PAID', NULL, 'PLATFORM', w."netAmount"),
    ('WITHDRAWAL_RETURNED', NULL, 'PLATFORM', -w."requestedAmount"),
    ('WITHDRAWAL_RETURNED', NULL, 'AVAILABLE', w."requestedAmount"),
    ('GIVEN_BACK', false, 'RESERVED', -w."requestedAmount"),
    ('GIVEN_BACK', true, 'PAYABLE', -w."netAmount"),
    ('GIVEN_BACK', true, 'PLATFORM', -w."feeAmount"),
    ('GIVEN_BACK', NULL, 'AVAILABLE', w."requestedAmount")
  ) AS m (event, approved, account, amount)
  WHERE event = CASE WHEN p_type IN ('WITHDRAWAL_REJECTED', 'WITHDRAWAL_CANCELLED') THEN 'GIVEN_BACK' ELSE p_type::text END
    AND (approved IS NULL OR approved = p_is_approved)
$$;

-- A withdrawal's request is written first, then what it moves: it has the status that the event leads to, and in the
-- ledger it has come as far as the event before. A caller who is late has decided on what is no longer true (GU001).
CREATE FUNCTION ledger_check_withdrawal(p_affiliate text, p_type ledger_entry_type, p_moves jsonb, p_refs jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_request withdrawal_requests;
  v_past text := (SELECT coalesce(string_agg(DISTINCT l.type::text, ' '), '') FROM affiliate_ledger l
                  WHERE l."withdrawalId" = p_refs->>'withdrawalId' AND l.type NOT IN ('FEE_DEDUCTED', 'DEBT_REPAID'));
BEGIN
  SELECT * INTO v_request FROM withdrawal_requests w WHERE w.id = p_refs->>'withdrawalId' AND w."affiliateId" = p_affiliate;
  PERFORM ledger_rule(FOUND AND p_refs->>'commissionId' IS NULL, 'ledger_names_its_withdrawal');
  PERFORM guard(v_request.status::text = CASE p_type
      WHEN 'WITHDRAWAL_REQUESTED' THEN 'PENDING_REVIEW' ELSE substr(p_type::text, length('WITHDRAWAL_') + 1) END
    AND CASE p_type
      WHEN 'WITHDRAWAL_REQUESTED' THEN v_past = ''
      WHEN 'WITHDRAWAL_APPROVED' THEN v_past = 'WITHDRAWAL_REQUESTED'
      WHEN 'WITHDRAWAL_PAID' THEN v_past = 'WITHDRAWAL_APPROVED WITHDRAWAL_REQUESTED'
      WHEN 'WITHDRAWAL_RETURNED' THEN v_past = 'WITHDRAWAL_APPROVED WITHDRAWAL_PAID WITHDRAWAL_REQUESTED'
      ELSE v_past IN ('WITHDRAWAL_REQUESTED', 'WITHDRAWAL_APPROVED WITHDRAWAL_REQUESTED')
    END, 'ledger_withdrawal_in_step');
  PERFORM ledger_rule(ledger_moves_of(p_affiliate, p_moves)
    = withdrawal_moves(v_request, p_type, v_past LIKE 'WITHDRAWAL_APPROVED%'), 'ledger_withdrawal_amounts');
END $$;

-- Approval is one event with two sides: the net becomes payable, and the fee is the platform's under the same
-- transactionId, as rows n+1 and n+2.
CREATE FUNCTION ledger_deduct_fee(p_affiliate text, p_tx text, p_key text, p_n int, p_refs jsonb, p_event_at timestamp,
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
CREATE FUNCTION ledger_capped(p_total int, p_change bigint) RETURNS int LANGUAGE sql IMMUTABLE
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
CREATE FUNCTION ledger_write(p_affiliate text, p_key text, p_type ledger_entry_type, p_moves jsonb, p_refs jsonb,
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

-- As before; the posting is written by ledger_write, since mature_commissions holds the locks.
CREATE OR REPLACE FUNCTION post_matured_in_debt(p_ids text[], p_until timestamp, p_now timestamp) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_parts CONSTANT jsonb := (SELECT jsonb_agg(to_jsonb(d) ORDER BY d."affiliateId", d."dueAt", d."commissionId", d.part)
                             FROM due_parts(p_ids, p_until) d WHERE d.amount > 0);
  v_due record;
BEGIN
  PERFORM mark_matured(p_ids, p_until, p_now);
  FOR v_due IN SELECT * FROM jsonb_to_recordset(v_parts)
    AS d ("commissionId" text, "affiliateId" text, part text, amount int, "dueAt" timestamp)
  LOOP
    PERFORM ledger_write(v_due."affiliateId", 'mature:' || v_due."commissionId" || ':' || v_due.part,
      'COMMISSION_MATURED', jsonb_build_array(
        jsonb_build_object('account', 'LOCKED', 'amount', -v_due.amount),
        jsonb_build_object('account', 'AVAILABLE', 'amount', v_due.amount)),
      jsonb_build_object('commissionId', v_due."commissionId", 'metadata', jsonb_build_object('part', v_due.part)),
      v_due."dueAt", p_now);
  END LOOP;
  UPDATE affiliate_commissions c SET status = commission_status(c)
  WHERE c.id = ANY (p_ids) AND c.status <> commission_status(c);
END $$;

-- How much of a commission is to be clawed back: all of it once its hold was rejected, else the share of its invoice
-- that was refunded and not won back, floored. It sees what is committed and what its own transaction wrote.
CREATE FUNCTION clawback_target(c affiliate_commissions) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN c."holdRejectedAt" IS NOT NULL THEN c."totalAmount" ELSE coalesce((
    SELECT c."totalAmount" * least(sum(r.amount), i."amountIncludingTax") / i."amountIncludingTax"
    FROM invoices i JOIN refunds r ON r."invoiceId" = i.id AND r.status = 'PROCESSED'
    WHERE i.id = c."invoiceId" AND i."amountIncludingTax" > 0
      AND NOT EXISTS (SELECT FROM dispute_outcomes o WHERE o."refundId" = r.id)
    GROUP BY i.id), 0)::int END
$$;

DROP FUNCTION settle_clawback(text, int, text, jsonb, timestamp, timestamp);
DROP FUNCTION post_clawback(affiliate_commissions, int, text, jsonb, timestamp, timestamp);
DROP FUNCTION post_reinstatement(affiliate_commissions, int, text, jsonb, timestamp, timestamp);

-- Brings what is clawed back of one commission to its target: more claws back, less reinstates, the same posts nothing.
-- Whoever writes a refund, the outcome of a dispute or the rejection of a hold calls it afterwards in that transaction.
-- The target is read once the commission is locked, so that of two refunds at once the later one counts both.
-- The one place that changes clawedBackAmount; locks the commission, then the balances. Returns what it moved.
-- p_refs: {description?, metadata?: {holdRejected?}, createdBy?}; holdRejected rejects the hold now, for good.
-- Raises 23505 when something is to be posted under a used key, 23514 when there is no hold to reject.
CREATE FUNCTION settle_clawback(p_commission text, p_key text, p_refs jsonb, p_event_at timestamp, p_now timestamp)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_before affiliate_commissions;
  v_after affiliate_commissions;
  v_refs jsonb := coalesce(p_refs, '{}') || jsonb_build_object('commissionId', p_commission);
BEGIN
  PERFORM ledger_rule(p_key NOT LIKE 'mature:%' AND p_key NOT LIKE 'earned:%', 'ledger_key_of_another');
  SELECT * INTO STRICT v_before FROM affiliate_commissions WHERE id = p_commission FOR UPDATE;
  v_after := v_before;
  IF (p_refs->'metadata'->>'holdRejected')::boolean THEN v_after := reject_hold(v_before, p_event_at, p_now); END IF;
  v_after."clawedBackAmount" := clawback_target(v_after);
  IF v_after."clawedBackAmount" <> v_before."clawedBackAmount" THEN
    PERFORM ledger_lock(v_before."affiliateId", p_key);
    PERFORM post_clawback(v_before, v_after, p_key, v_refs, p_event_at, p_now);
    PERFORM post_reinstatement(v_before, v_after, p_key, v_refs, p_event_at, p_now);
  ELSE
    -- With the commission held, others pass its status over; theirs is the last word only once they have committed.
    PERFORM 1 FROM affiliate_balances WHERE "affiliateId" = v_before."affiliateId" AND account = 'PLATFORM' FOR UPDATE;
  END IF;
  PERFORM settle_refund_totals(v_before, v_after, p_now);
  UPDATE affiliate_commissions AS c SET status = commission_status(c), "updatedAt" = p_now
  WHERE c.id = p_commission AND c.status <> commission_status(c);
  RETURN v_after."clawedBackAmount" - v_before."clawedBackAmount";
END $$;

-- A hold is rejected while the owner has yet to decide it. The same rejection again changes nothing.
CREATE FUNCTION reject_hold(c affiliate_commissions, p_event_at timestamp, p_now timestamp) RETURNS affiliate_commissions
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ledger_rule(c."decideBy" IS NOT NULL OR c."holdRejectedAt" IS NOT NULL, 'settle_rejects_a_hold');
  UPDATE affiliate_commissions SET "holdRejectedAt" = coalesce("holdRejectedAt", p_event_at), "decideBy" = NULL,
    "updatedAt" = p_now
  WHERE id = c.id RETURNING * INTO c;
  RETURN c;
END $$;

-- What was refunded, and of how many commissions; a rejected hold is in neither, nor what was refunded of it before.
CREATE FUNCTION settle_refund_totals(p_before affiliate_commissions, p_after affiliate_commissions, p_now timestamp)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_before int := CASE WHEN p_before."holdRejectedAt" IS NULL THEN p_before."clawedBackAmount" ELSE 0 END;
  v_after int := CASE WHEN p_after."holdRejectedAt" IS NULL THEN p_after."clawedBackAmount" ELSE 0 END;
BEGIN
  UPDATE affiliate_profiles SET "totalRefunded" = ledger_capped("totalRefunded", v_after - v_before), "updatedAt" = p_now
  WHERE "userId" = p_before."affiliateId" AND v_after <> v_before;
  UPDATE weokto_users SET "totalRefunds" = "totalRefunds" + (v_after > 0)::int - (v_before > 0)::int, "updatedAt" = p_now
  WHERE id = p_before."affiliateId" AND (v_after > 0) <> (v_before > 0);
END $$;

-- LOCKED gives what its unmatured parts lose, the affiliate's AVAILABLE the rest, and DEBT what is not there.
CREATE FUNCTION post_clawback(p_before affiliate_commissions, p_after affiliate_commissions, p_key text, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_locked int := still_locked(p_before) - still_locked(p_after);
  v_claimed int := p_after."clawedBackAmount" - p_before."clawedBackAmount";
BEGIN
  IF v_claimed <= 0 THEN RETURN; END IF;
  PERFORM ledger_write(p_before."affiliateId", p_key, 'COMMISSION_CLAWED_BACK', jsonb_build_array(
    jsonb_build_object('account', 'LOCKED', 'amount', -v_locked),
    jsonb_build_object('account', 'AVAILABLE', 'amount', v_locked - v_claimed, 'orDebt', true),
    jsonb_build_object('account', 'PLATFORM', 'amount', v_claimed)), p_refs, p_event_at, p_now);
  UPDATE affiliate_commissions SET "clawedBackAmount" = p_after."clawedBackAmount", "updatedAt" = p_now WHERE id = p_before.id;
END $$;

-- The money comes back into LOCKED, the main part first. What comes back to a part that has matured matures again at
-- once; so does a part whose date passed meanwhile, unless something suspends it, and then the job finds it later.
CREATE FUNCTION post_reinstatement(p_before affiliate_commissions, p_after affiliate_commissions, p_key text, p_refs jsonb,
  p_event_at timestamp, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  c affiliate_commissions;
  v_restored int := p_before."clawedBackAmount" - p_after."clawedBackAmount";
  v_suspended boolean;
  v_main int;
  v_extended int;
BEGIN
  IF v_restored <= 0 THEN RETURN; END IF;
  PERFORM ledger_write(p_before."affiliateId", p_key, 'COMMISSION_REINSTATED', jsonb_build_array(
    jsonb_build_object('account', 'PLATFORM', 'amount', -v_restored),
    jsonb_build_object('account', 'LOCKED', 'amount', v_restored)), p_refs, p_event_at, p_now);
  -- decideBy stands while the owner has not decided a hold, so a held commission is held again.
  UPDATE affiliate_commissions SET "clawedBackAmount" = p_after."clawedBackAmount", "updatedAt" = p_now,
    status = CASE WHEN "decideBy" IS NULL THEN 'LOCKED' ELSE 'PENDING_LOCK' END::affiliate_commission_status
  WHERE id = p_before.id RETURNING * INTO c;
  v_suspended := c.status = 'PENDING_LOCK' OR c."disputedAt" IS NOT NULL OR EXISTS (
    SELECT FROM affiliate_profiles p WHERE p."userId" = c."affiliateId" AND p."blockedAt" IS NOT NULL);
  SELECT sum(amount) FILTER (WHERE part = 'main'), sum(amount) FILTER (WHERE part = 'extended')
    INTO v_main, v_extended FROM due_parts(ARRAY[c.id], p_now) WHERE NOT v_suspended;
  IF p_before."mainMaturedAt" IS NOT NULL THEN v_main := remaining_main(c) - remaining_main(p_before); END IF;
  IF p_before."extendedMaturedAt" IS NOT NULL THEN v_extended := remaining_extended(c) - remaining_extended(p_before); END IF;
  IF NOT v_suspended THEN PERFORM mark_matured(ARRAY[c.id], p_now, p_now); END IF;
  PERFORM post_matured_again(c, 'main', v_main, p_key, p_event_at, p_now);
  PERFORM post_matured_again(c, 'extended', v_extended, p_key, p_event_at, p_now);
END $$;

-- One part of a reinstated commission matures as of the reinstatement, its money was not there on the part's own date;
-- but never before that date: a reinstatement that is heard of late may itself be dated before it.
CREATE OR REPLACE FUNCTION post_matured_again(c affiliate_commissions, p_part text, p_amount int, p_key text,
  p_event_at timestamp, p_now timestamp) RETURNS void LANGUAGE sql AS $$
  SELECT ledger_write(c."affiliateId", p_key || ':mature:' || p_part, 'COMMISSION_MATURED', jsonb_build_array(
    jsonb_build_object('account', 'LOCKED', 'amount', -p_amount),
    jsonb_build_object('account', 'AVAILABLE', 'amount', p_amount)),
    jsonb_build_object('commissionId', c.id, 'metadata', jsonb_build_object('part', p_part)),
    greatest(p_event_at, due), greatest(p_now, due))
  FROM (SELECT CASE p_part WHEN 'main' THEN c."lockedUntil" ELSE coalesce(c."extendedLockedUntil", c."maturesAt") END) AS d (due)
  WHERE p_amount > 0
$$;

-- Holds that were rejected before there was a column for it.
UPDATE affiliate_commissions c SET "holdRejectedAt" = l."eventAt", "decideBy" = NULL FROM affiliate_ledger l
  WHERE l."commissionId" = c.id AND l.type = 'COMMISSION_CLAWED_BACK' AND l.account = 'PLATFORM'
    AND (l.metadata->>'holdRejected')::boolean;

CREATE TRIGGER affiliate_commissions_rejection_stays BEFORE UPDATE ON affiliate_commissions FOR EACH ROW
  WHEN (OLD."holdRejectedAt" IS NOT NULL AND OLD."holdRejectedAt" IS DISTINCT FROM NEW."holdRejectedAt")
  EXECUTE FUNCTION refuse_change('affiliate_commissions_rejection_stays');

-- Only a dispute that was lost can be won after all.
CREATE FUNCTION require_lost_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM refunds WHERE id = NEW."refundId" AND status = 'PROCESSED' AND metadata->>'kind' = 'chargeback') THEN
    RAISE EXCEPTION 'refund % is no lost dispute', NEW."refundId"
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dispute_outcomes_lost_before BEFORE INSERT OR UPDATE ON dispute_outcomes
  FOR EACH ROW EXECUTE FUNCTION require_lost_dispute();

REVOKE EXECUTE ON FUNCTION ledger_rule, ledger_may_move, ledger_moves_of, ledger_check_earned, withdrawal_moves,
  ledger_check_withdrawal, ledger_deduct_fee, ledger_capped, ledger_write, clawback_target, settle_clawback, reject_hold,
  settle_refund_totals, post_clawback, post_reinstatement FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'weokto_app') THEN
    GRANT EXECUTE ON FUNCTION settle_clawback TO weokto_app;
  END IF;
END $$;
