-- Version 2

-- The commission and its first posting, from outside into the affiliate's locked account, then what it counts for at once. After the ledger, because
-- its jobs lock a commission, then the balances, then the person. For a held one the counting waits for its release.
CREATE OR REPLACE FUNCTION earn_commission(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_affiliate text := p ->> 'affiliateId';
BEGIN
  IF p IS NULL THEN
    RETURN;
  END IF;
  -- Every column of the table, so that none which was decided is lost; one that may not be empty and is not sent has its value here.
  INSERT INTO affiliate_commissions SELECT c.* FROM jsonb_populate_record(NULL::affiliate_commissions,
    '{"clawedBackAmount": 0}' || (p -> 'commission')
      || jsonb_build_object('affiliateId', v_affiliate, 'createdAt', p_now, 'updatedAt', p_now)) c;
  PERFORM post_ledger(v_affiliate, 'earned:' || (p #>> '{commission,id}'), 'COMMISSION_EARNED', p -> 'moves', p -> 'refs', p_now, p_now);
  PERFORM holds_unchanged(v_affiliate, p -> 'holds', p_now);
  PERFORM affiliate_unchanged(v_affiliate, p -> 'affiliate', p_now);
  PERFORM count_sale(v_affiliate, p -> 'counted', p_now);
  INSERT INTO notifications (id, platform, "userId", kind, payload, "createdAt")
  VALUES (p #>> '{notice,id}', 'WEOKTO', v_affiliate, p #>> '{notice,kind}', p #> '{notice,payload}', p_now);
END $$;

-- The person and their profile as they were decided on; pearls and a first commission are written with it. A counter at its end stands still.
CREATE OR REPLACE FUNCTION affiliate_unchanged(p_affiliate text, p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE weokto_users u SET
    "firstCommissionAt" = CASE WHEN (p ->> 'counts')::boolean THEN coalesce(u."firstCommissionAt", p_now) ELSE u."firstCommissionAt" END,
    "pearlsEarned" = add_capped(u."pearlsEarned", (p ->> 'pearls')::int),
    "pearlBalance" = add_capped(u."pearlsEarned", (p ->> 'pearls')::int) - u."pearlsSpent", "updatedAt" = p_now
  WHERE u.id = p_affiliate AND u."riskLevel"::text = p ->> 'riskLevel' AND u."bannedAt" IS NULL
    AND u."firstCommissionAt" IS NOT DISTINCT FROM (p ->> 'firstCommissionAt')::timestamp;
  PERFORM guard(FOUND, 'affiliate_unchanged');
  UPDATE affiliate_profiles f SET "updatedAt" = p_now
  WHERE f."userId" = p_affiliate AND f."blockedAt" IS NULL AND f."currentGuildId" IS NOT DISTINCT FROM p ->> 'guildId'
    AND (f."trustedAt" IS NOT NULL) = (p ->> 'isTrusted')::boolean;
  PERFORM guard(FOUND, 'affiliate_not_blocked');
END $$;
