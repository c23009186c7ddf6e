-- Brings what is clawed back of one commission to p_target: more claws back, less reinstates, the same posts nothing.
-- The one place that changes clawedBackAmount; it locks the commission, then the balances, so a target computed by the
-- caller is compared with what is true now. Returns p_target minus what was clawed back before.
-- p_refs: {description?, metadata?: {holdRejected?}, createdBy?}. Raises 22023 outside 0…total, 23505 for a used key.
CREATE FUNCTION settle_clawback(p_commission text, p_target int, p_key text, p_refs jsonb, p_event_at timestamp,
  p_now timestamp) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_before affiliate_commissions;
  v_refs jsonb := coalesce(p_refs, '{}') || jsonb_build_object('commissionId', p_commission);
  v_rejected boolean := coalesce((p_refs->'metadata'->>'holdRejected')::boolean, false);
  v_moved int;
BEGIN
  SELECT * INTO STRICT v_before FROM affiliate_commissions WHERE id = p_commission FOR UPDATE;
  IF p_target IS NULL OR p_target < 0 OR p_target > v_before."totalAmount" THEN
    RAISE EXCEPTION 'target % of commission %', p_target, p_commission USING ERRCODE = 'invalid_parameter_value';
  END IF;
  v_moved := p_target - v_before."clawedBackAmount";
  IF v_moved = 0 THEN RETURN 0; END IF;
  PERFORM ledger_lock(v_before."affiliateId", p_key);
  IF v_moved > 0 THEN
    PERFORM post_clawback(v_before, p_target, p_key, v_refs, p_event_at, p_now);
  ELSE
    PERFORM post_reinstatement(v_before, p_target, p_key, v_refs, p_event_at, p_now);
  END IF;
  UPDATE weokto_users SET "updatedAt" = p_now,
    "totalRefunds" = "totalRefunds" - (v_before."clawedBackAmount" > 0)::int + (p_target > 0 AND NOT v_rejected)::int
  WHERE id = v_before."affiliateId" AND (v_before."clawedBackAmount" > 0) <> (p_target > 0 AND NOT v_rejected);
  RETURN v_moved;
END $$;

-- LOCKED gives what its unmatured parts lose, the affiliate's AVAILABLE the rest, and DEBT what is not there.
CREATE FUNCTION post_clawback(c affiliate_commissions, p_target int, p_key text, p_refs jsonb, p_event_at timestamp,
  p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_locked int := still_locked(c);
  v_claimed int := p_target - c."clawedBackAmount";
BEGIN
  c."clawedBackAmount" := p_target;
  v_locked := v_locked - still_locked(c);
  PERFORM post_ledger(c."affiliateId", p_key, 'COMMISSION_CLAWED_BACK', jsonb_build_array(
    jsonb_build_object('account', 'LOCKED', 'amount', -v_locked),
    jsonb_build_object('account', 'AVAILABLE', 'amount', v_locked - v_claimed, 'orDebt', true),
    jsonb_build_object('account', 'PLATFORM', 'amount', v_claimed)), p_refs, p_event_at, p_now);
  UPDATE affiliate_commissions SET "clawedBackAmount" = p_target WHERE id = c.id RETURNING * INTO c;
  UPDATE affiliate_commissions SET status = commission_status(c), "updatedAt" = p_now WHERE id = c.id;
END $$;

-- The money comes back into LOCKED, the main part first. What comes back to a part that has matured matures again at
-- once; so does a part whose date passed meanwhile, unless something suspends it, and then the job finds it later.
CREATE FUNCTION post_reinstatement(c affiliate_commissions, p_target int, p_key text, p_refs jsonb, p_event_at timestamp,
  p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_old affiliate_commissions := c;
  v_suspended boolean;
  v_main int;
  v_extended int;
BEGIN
  PERFORM post_ledger(c."affiliateId", p_key, 'COMMISSION_REINSTATED', jsonb_build_array(
    jsonb_build_object('account', 'PLATFORM', 'amount', p_target - c."clawedBackAmount"),
    jsonb_build_object('account', 'LOCKED', 'amount', c."clawedBackAmount" - p_target)), p_refs, p_event_at, p_now);
  -- decideBy stands while the owner has not decided a hold, so a held commission is held again.
  UPDATE affiliate_commissions SET "clawedBackAmount" = p_target,
    status = CASE WHEN "decideBy" IS NULL THEN 'LOCKED' ELSE 'PENDING_LOCK' END::affiliate_commission_status
  WHERE id = c.id RETURNING * INTO c;
  v_suspended := c.status = 'PENDING_LOCK' OR c."disputedAt" IS NOT NULL OR EXISTS (
    SELECT FROM affiliate_profiles p WHERE p."userId" = c."affiliateId" AND p."blockedAt" IS NOT NULL);
  SELECT sum(amount) FILTER (WHERE part = 'main'), sum(amount) FILTER (WHERE part = 'extended')
    INTO v_main, v_extended FROM due_parts(ARRAY[c.id], p_now) WHERE NOT v_suspended;
  IF v_old."mainMaturedAt" IS NOT NULL THEN v_main := remaining_main(c) - remaining_main(v_old); END IF;
  IF v_old."extendedMaturedAt" IS NOT NULL THEN v_extended := remaining_extended(c) - remaining_extended(v_old); END IF;
  IF NOT v_suspended THEN PERFORM mark_matured(ARRAY[c.id], p_now, p_now); END IF;
  PERFORM post_matured_again(c, 'main', v_main, p_key, p_event_at, p_now);
  PERFORM post_matured_again(c, 'extended', v_extended, p_key, p_event_at, p_now);
  UPDATE affiliate_commissions AS a SET status = commission_status(a), "updatedAt" = p_now WHERE a.id = c.id;
END $$;

-- One part of a reinstated commission matures as of the reinstatement: its money was not there on the part's own date.
CREATE FUNCTION post_matured_again(c affiliate_commissions, p_part text, p_amount int, p_key text, p_event_at timestamp,
  p_now timestamp) RETURNS void LANGUAGE sql AS $$
  SELECT post_ledger(c."affiliateId", p_key || ':mature:' || p_part, 'COMMISSION_MATURED', jsonb_build_array(
    jsonb_build_object('account', 'LOCKED', 'amount', -p_amount),
    jsonb_build_object('account', 'AVAILABLE', 'amount', p_amount)),
    jsonb_build_object('commissionId', c.id, 'metadata', jsonb_build_object('part', p_part)), p_event_at, p_now)
  WHERE p_amount > 0
$$;

REVOKE EXECUTE ON FUNCTION settle_clawback, post_clawback, post_reinstatement, post_matured_again FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'weokto_app') THEN
    GRANT EXECUTE ON FUNCTION settle_clawback TO weokto_app;
  END IF;
END $$;
