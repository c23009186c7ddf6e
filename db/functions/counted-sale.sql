-- Version 1

-- A figure beside a sale never stops the sale.
CREATE OR REPLACE FUNCTION add_capped(p_counter int, p_added int) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN least(p_counter::bigint + p_added, 2147483647)::int;

-- The day's figures of the link, the boards of the competitions that run now (the affiliate's row on a SOLO one, the guild's on a GUILD one), pearls,
-- and the boost that raised it.
CREATE OR REPLACE FUNCTION count_sale(p_affiliate text, p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_sales int := (p ->> 'salesCents')::int;
  v_commission int := (p ->> 'commissionCents')::int;
BEGIN
  IF p IS NULL THEN
    RETURN;
  END IF;
  INSERT INTO affiliate_daily_stats AS d ("affiliateId", "linkId", "productId", day, "salesCount", "salesCents", "commissionCents")
  VALUES (p_affiliate, p ->> 'linkId', p ->> 'productId', (p ->> 'day')::date, 1, v_sales, v_commission)
  ON CONFLICT ("affiliateId", "linkId", "productId", day) DO UPDATE SET "salesCount" = add_capped(d."salesCount", 1),
    "salesCents" = add_capped(d."salesCents", v_sales), "commissionCents" = add_capped(d."commissionCents", v_commission);
  INSERT INTO competition_leaderboard AS b (id, "competitionId", "userId", "totalSales", "salesCount", "updatedAt")
  SELECT gen_random_uuid()::text, c.id, p_affiliate, v_sales, 1, p_now FROM competitions c
  WHERE c.mode = 'SOLO' AND c."isActive" AND c."startDate" <= p_now AND p_now < c."endDate" ORDER BY c.id
  ON CONFLICT ("competitionId", "userId") DO UPDATE SET "totalSales" = add_capped(b."totalSales", v_sales),
    "salesCount" = add_capped(b."salesCount", 1), "updatedAt" = p_now;
  INSERT INTO competition_leaderboard AS b (id, "competitionId", "guildId", "totalSales", "salesCount", "updatedAt")
  SELECT gen_random_uuid()::text, c.id, p ->> 'guildId', v_sales, 1, p_now FROM competitions c
  WHERE p ->> 'guildId' IS NOT NULL AND c.mode = 'GUILD' AND c."isActive" AND c."startDate" <= p_now AND p_now < c."endDate" ORDER BY c.id
  ON CONFLICT ("competitionId", "guildId") DO UPDATE SET "totalSales" = add_capped(b."totalSales", v_sales),
    "salesCount" = add_capped(b."salesCount", 1), "updatedAt" = p_now;
  IF p -> 'pearls' IS NOT NULL THEN
    INSERT INTO pearl_transactions (id, "userId", type, amount, description, "invoiceId", "idempotencyKey", "createdAt")
    SELECT r.id, p_affiliate, 'SALE', r.amount, r.description, r."invoiceId", 'sale:' || r."invoiceId", p_now
    FROM jsonb_populate_record(NULL::pearl_transactions, p -> 'pearls') r;
  END IF;
  UPDATE affiliate_boost_redemptions r SET "salesCount" = add_capped(r."salesCount", 1),
    "commissionsEarned" = add_capped(r."commissionsEarned", v_commission)
  WHERE r.id = p ->> 'redemptionId';
END $$;
