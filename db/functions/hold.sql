-- Version 2
-- What may hold a commission: read when a sale is decided, and asked again by its write, because other sales may have been written in between.

-- What reasons to hold are counted from. recentSales stops counting at p_most. Everything in it is found by key; seqscan is off because a plan cached
-- while the tables were small would stay.
CREATE OR REPLACE FUNCTION hold_facts(p_affiliate text, p_attempt text, p_stam_user text, p_token text, p_fingerprint text, p_hours int,
  p_most int, p_now timestamp, OUT "recentSales" int, OUT "sameVisitor" boolean, OUT "sharedCard" boolean) LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
BEGIN
  -- Sales since the window began. A plan that is kept does not know how few of an affiliate's they are, and would read all of them, once more behind
  -- the lock of their accounts; in the order of the index it reads no other.
  "recentSales" := (SELECT count(*)::int FROM (SELECT FROM affiliate_commissions c WHERE c."affiliateId" = p_affiliate
    AND c."earnedAt" > p_now - make_interval(hours => p_hours) ORDER BY c."earnedAt" DESC LIMIT p_most) AS counted);
  -- The affiliate was signed in on the buyer's network and browser within the day before the checkout began.
  "sameVisitor" := EXISTS (SELECT FROM payment_attempts a JOIN checkout_sessions s ON s.id = a."checkoutSessionId"
    JOIN affiliate_visitor_marks m ON m."affiliateId" = p_affiliate AND m."visitorHash" IN (s."visitorHash", s."visitorHashBefore")
    WHERE a.id = p_attempt AND m."seenAt" > s."createdAt" - interval '24 hours');
  -- The same card, by its token or by what the processor says of it, already pays under another person's e-mail.
  "sharedCard" := EXISTS (SELECT FROM customers c WHERE c."pciVaultToken" = p_token AND c."stamUserId" <> p_stam_user)
    OR EXISTS (SELECT FROM customers c WHERE c."cardFingerprint" = p_fingerprint AND c."stamUserId" <> p_stam_user);
END $$;

-- The one redemption that may raise a sale of this affiliate: a partial unique index lets no second one be ACTIVE.
CREATE OR REPLACE FUNCTION active_redemption(p_affiliate text, p_now timestamp) RETURNS affiliate_boost_redemptions LANGUAGE plpgsql STABLE AS $$
DECLARE
  v affiliate_boost_redemptions;
BEGIN
  SELECT * INTO v FROM affiliate_boost_redemptions r
  WHERE r."affiliateId" = p_affiliate AND r.status = 'ACTIVE' AND (r."expiresAt" IS NULL OR r."expiresAt" > p_now);
  RETURN v;
END $$;

-- What the decision rested on, behind the lock of the affiliate's accounts: the boost, and each reason to hold that could have held this sale.
CREATE OR REPLACE FUNCTION holds_unchanged(p_affiliate text, p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_most int := (p ->> 'burstSales')::int;
  v_asked jsonb := p -> 'reasons';
  f record;
BEGIN
  PERFORM guard((active_redemption(p_affiliate, p_now)).id IS NOT DISTINCT FROM p ->> 'redemptionId', 'holds_unchanged');
  IF v_asked IS NULL THEN
    RETURN;
  END IF;
  f := hold_facts(p_affiliate, p ->> 'attemptId', p ->> 'stamUserId', p ->> 'cardToken', p ->> 'cardFingerprint', (p ->> 'burstHours')::int,
    v_most, p_now);
  PERFORM guard(f."sameVisitor" = (v_asked ->> 'sameVisitor')::boolean AND f."sharedCard" = (v_asked ->> 'sharedCard')::boolean
    -- This sale stands among them by now.
    AND coalesce((f."recentSales" >= v_most) = (v_asked ->> 'burst')::boolean, true), 'holds_unchanged');
END $$;
