-- Version 1
-- What a refund or a dispute takes back from a commission, and what it gives again.

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

-- Brings what is clawed back of one commission to its target: more claws back, less reinstates, the same posts nothing.
-- Whoever writes a refund, the outcome of a dispute or the rejection of a hold calls it afterwards in that transaction.
-- The target is read once the commission is locked, so that of two refunds at once the later one counts both.
-- The one place that changes clawedBackAmount; locks the commission, then the balances. Returns what it moved.
-- p_refs: {description?, metadata?: {holdRejected?}, createdBy?}; holdRejected rejects the hold now, for good.
-- Raises 23505 when something is to be posted under a used key, 23514 when there is no hold to reject.
CREATE OR REPLACE FUNCTION settle_clawback(p_commission text, p_key text, p_refs jsonb, p_event_at timestamp, p_now timestamp)
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
CREATE OR REPLACE FUNCTION reject_hold(c affiliate_commissions, p_event_at timestamp, p_now timestamp) RETURNS affiliate_commissions
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ledger_rule(c."decideBy" IS NOT NULL OR c."holdRejectedAt" IS NOT NULL, 'settle_rejects_a_hold');
  UPDATE affiliate_commissions SET "holdRejectedAt" = coalesce("holdRejectedAt", p_event_at), "decideBy" = NULL,
    "updatedAt" = p_now
  WHERE id = c.id RETURNING * INTO c;
  RETURN c;
END $$;

-- What was refunded, and of how many commissions; a rejected hold is in neither, nor what was refunded of it before.
CREATE OR REPLACE FUNCTION settle_refund_totals(p_before affiliate_commissions, p_after affiliate_commissions, p_now timestamp)
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
CREATE OR REPLACE FUNCTION post_clawback(p_before affiliate_commissions, p_after affiliate_commissions, p_key text, p_refs jsonb,
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
CREATE OR REPLACE FUNCTION post_reinstatement(p_before affiliate_commissions, p_after affiliate_commissions, p_key text, p_refs jsonb,
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

REVOKE EXECUTE ON FUNCTION clawback_target, settle_clawback, reject_hold, settle_refund_totals, post_clawback, post_reinstatement,
  post_matured_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_clawback TO weokto_app;
