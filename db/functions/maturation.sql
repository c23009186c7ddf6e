-- Version 1
-- What is due becomes available, in bounded sets.

-- The parts of these commissions whose date has come by p_until. A frozen EXTREME_RISK keeps its extended part until releasedAt.
CREATE OR REPLACE FUNCTION due_parts(p_ids text[], p_until timestamp)
RETURNS TABLE ("commissionId" text, "affiliateId" text, part text, amount int, "dueAt" timestamp) LANGUAGE sql STABLE AS $$
  SELECT c.id, c."affiliateId", 'main', remaining_main(c), c."lockedUntil"
  FROM affiliate_commissions c JOIN unnest(p_ids) AS due(id) USING (id)
  WHERE c."mainMaturedAt" IS NULL AND c."lockedUntil" <= p_until
  UNION ALL
  SELECT c.id, c."affiliateId", 'extended', remaining_extended(c), coalesce(c."extendedLockedUntil", c."maturesAt")
  FROM affiliate_commissions c JOIN unnest(p_ids) AS due(id) USING (id)
  WHERE c."extendedMaturedAt" IS NULL AND coalesce(c."extendedLockedUntil", c."maturesAt") <= p_until
    AND (c.profile IS DISTINCT FROM 'EXTREME_RISK' OR c."releasedAt" IS NOT NULL OR c."extendedLockAmount" = 0)
$$;

-- The first p_limit commissions by the date of what is due: those with nothing matured are found by (status,
-- lockedUntil), the others by (status, maturesAt). A block, a hold and an open dispute keep a commission out.
CREATE OR REPLACE FUNCTION due_commissions(p_now timestamp, p_limit int) RETURNS TABLE (id text, "dueAt" timestamp)
LANGUAGE sql STABLE AS $$
  (SELECT c.id, c."lockedUntil" FROM affiliate_commissions c
  WHERE c.status = 'LOCKED' AND c."lockedUntil" <= p_now AND c."disputedAt" IS NULL AND NOT EXISTS (
    SELECT FROM affiliate_profiles p WHERE p."userId" = c."affiliateId" AND p."blockedAt" IS NOT NULL)
  ORDER BY c."lockedUntil", c.id LIMIT p_limit)
  UNION ALL
  (SELECT c.id, c."maturesAt" FROM affiliate_commissions c
  WHERE c.status = 'PARTIALLY_MATURED' AND c."maturesAt" <= p_now AND c."disputedAt" IS NULL
    AND (c.profile IS DISTINCT FROM 'EXTREME_RISK' OR c."releasedAt" IS NOT NULL) AND NOT EXISTS (
    SELECT FROM affiliate_profiles p WHERE p."userId" = c."affiliateId" AND p."blockedAt" IS NOT NULL)
  ORDER BY c."maturesAt", c.id LIMIT p_limit)
  ORDER BY 2, 1 LIMIT p_limit
$$;

-- Marks the parts as matured and returns nothing; the status follows from the marks and the amounts. Called before the
-- posting, in the same transaction. PAID is left to the lots.
CREATE OR REPLACE FUNCTION mark_matured(p_ids text[], p_until timestamp, p_now timestamp) RETURNS void LANGUAGE sql AS $$
  WITH marks AS (
    SELECT "commissionId" AS id, bool_or(part = 'main') AS main, bool_or(part = 'extended') AS extended
    FROM due_parts(p_ids, p_until) GROUP BY 1
  )
  UPDATE affiliate_commissions c SET "updatedAt" = p_now,
    "mainMaturedAt" = CASE WHEN m.main THEN p_now ELSE c."mainMaturedAt" END,
    "extendedMaturedAt" = CASE WHEN m.extended THEN p_now ELSE c."extendedMaturedAt" END,
    status = CASE WHEN m.extended OR c."extendedMaturedAt" IS NOT NULL OR remaining_extended(c) = 0
      THEN 'MATURED' ELSE 'PARTIALLY_MATURED' END::affiliate_commission_status
  FROM marks m WHERE c.id = m.id
$$;

-- Posts the due parts of affiliates without debt in one statement: sums over windows give seq and balanceAfter.
-- Their parts must not be marked yet, and their PLATFORM balances are locked by the caller.
CREATE OR REPLACE FUNCTION post_matured(p_ids text[], p_until timestamp, p_now timestamp) RETURNS void LANGUAGE sql AS $$
  WITH due AS MATERIALIZED (
    SELECT d.*, gen_random_uuid()::text AS tx, row_number() OVER w AS place, sum(d.amount) OVER w AS running
    FROM due_parts(p_ids, p_until) d WHERE d.amount > 0
    WINDOW w AS (PARTITION BY d."affiliateId" ORDER BY d."dueAt", d."commissionId", d.part ROWS UNBOUNDED PRECEDING)
  ), sides (account, sign, n) AS (VALUES ('LOCKED'::ledger_account, -1, 1), ('AVAILABLE', 1, 2)),
  written AS (
    INSERT INTO affiliate_ledger (id, "affiliateId", type, amount, "balanceAfter", "commissionId", description, metadata,
      "createdAt", account, "transactionId", seq, "idempotencyKey", "eventAt")
    SELECT gen_random_uuid()::text, d."affiliateId", 'COMMISSION_MATURED', s.sign * d.amount,
      b.balance + s.sign * d.running, d."commissionId", 'COMMISSION_MATURED', jsonb_build_object('part', d.part), p_now,
      s.account, d.tx, b.seq + d.place, 'mature:' || d."commissionId" || ':' || d.part || ':' || s.n, d."dueAt"
    FROM due d CROSS JOIN sides s
    JOIN affiliate_balances b ON b."affiliateId" = d."affiliateId" AND b.account = s.account
  ), lots AS (
    INSERT INTO affiliate_lots (id, "affiliateId", "commissionId", source, amount, remaining, "createdAt", "eventAt")
    SELECT gen_random_uuid()::text, "affiliateId", "commissionId", 'commission', amount, amount, p_now, "dueAt"
    FROM due ORDER BY "dueAt", "commissionId", part
  ), totals AS (
    SELECT "affiliateId", sum(amount)::int AS amount, count(*)::int AS rows FROM due GROUP BY 1
  )
  UPDATE affiliate_balances b SET balance = b.balance + s.sign * t.amount, seq = b.seq + t.rows
  FROM totals t CROSS JOIN sides s WHERE b."affiliateId" = t."affiliateId" AND b.account = s.account
$$;

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

-- Matures what is due at p_now, at most p_limit commissions; call again until it says 0. Many at once wait for each
-- other. When there is more than the limit, it goes only as far as the last date it has reached, for all of them.
-- Its statements are planned anew each time, since they meet ten rows as often as ten thousand.
CREATE OR REPLACE FUNCTION mature_commissions(p_now timestamp, p_limit int) RETURNS TABLE (portions int, affiliates int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_ids text[];
  v_until timestamp;
  v_affiliates text[];
  v_in_debt text[];
  v_clear text[];
BEGIN
  PERFORM pg_advisory_xact_lock(7216402);
  SELECT array_agg(id), CASE WHEN count(*) < p_limit THEN p_now ELSE max("dueAt") END INTO v_ids, v_until
    FROM due_commissions(p_now, p_limit);
  -- Locked by their present state: one that was clawed back, disputed or held since is not due any more.
  SELECT array_agg(id), array_agg(DISTINCT "affiliateId") INTO v_ids, v_affiliates FROM (
    SELECT c.id, c."affiliateId" FROM affiliate_commissions c JOIN unnest(v_ids) AS due(id) USING (id)
    WHERE c.status IN ('LOCKED', 'PARTIALLY_MATURED') AND c."disputedAt" IS NULL
    ORDER BY c.id FOR UPDATE OF c SKIP LOCKED) held;
  PERFORM 1 FROM affiliate_balances b JOIN unnest(v_affiliates) AS a(id) ON b."affiliateId" = a.id
    WHERE b.account = 'PLATFORM' ORDER BY b."affiliateId" FOR UPDATE OF b;
  portions := (SELECT count(*) FROM due_parts(v_ids, v_until));
  affiliates := coalesce(cardinality(v_affiliates), 0);
  SELECT array_agg(c.id) FILTER (WHERE d.balance < 0), array_agg(c.id) FILTER (WHERE d.balance = 0)
    INTO v_in_debt, v_clear
    FROM affiliate_commissions c JOIN unnest(v_ids) AS due(id) USING (id)
    JOIN affiliate_balances d ON d."affiliateId" = c."affiliateId" AND d.account = 'DEBT';
  IF v_clear IS NOT NULL THEN
    PERFORM post_matured(v_clear, v_until, p_now);
    PERFORM mark_matured(v_clear, v_until, p_now);
  END IF;
  IF v_in_debt IS NOT NULL THEN PERFORM post_matured_in_debt(v_in_debt, v_until, p_now); END IF;
  RETURN NEXT;
END $$;

REVOKE EXECUTE ON FUNCTION due_parts, due_commissions, mark_matured, post_matured, post_matured_in_debt, mature_commissions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mature_commissions TO weokto_app;
