-- Version 2

-- Who brought a buyer so far, in a community: the product's own attribution and, for a paid upgrade, a free or lower tier's. No limit: a buyer has
-- few of a community's products, and the write must find the very same ones.
CREATE OR REPLACE FUNCTION live_attributions(p_stam_user text, p_community text) RETURNS SETOF affiliate_attributions LANGUAGE plpgsql STABLE
ROWS 2 AS $$
BEGIN
  RETURN QUERY SELECT a.* FROM customers c JOIN affiliate_attributions a ON a."customerId" = c.id
    JOIN products p ON p.id = a."productId"
    WHERE c."stamUserId" = p_stam_user AND p."communityId" = p_community AND a."replacedAt" IS NULL;
END $$;

-- Binds a customer to who brought them: what it replaces ends, and the click that it rests on has a row. The queue may not have brought that click
-- yet: its row is made here, without a fingerprint, and the consumer fills it in and counts it. A link that is gone must not stop a sale.
CREATE OR REPLACE FUNCTION bind_attribution(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO affiliate_tracking_events (id, "clickId", "affiliateId", "productId", "linkId", platform, "expiresAt", "createdAt")
  SELECT e.id, e."clickId", e."affiliateId", e."productId", (SELECT l.id FROM affiliate_links l WHERE l.id = e."linkId"), e.platform,
    e."expiresAt", e."createdAt"
  FROM jsonb_populate_record(NULL::affiliate_tracking_events, p -> 'click') e WHERE e.id IS NOT NULL
  -- Whichever of the two keys the consumer's row is met on: a row's id is its click's.
  ON CONFLICT DO NOTHING;
  -- It can also end without a successor: somebody who comes back long after their subscription ended was brought by nobody.
  UPDATE affiliate_attributions SET "replacedAt" = p_now, "replacedByEventId" = p ->> 'byEventId'
  WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(p -> 'replaces'))) AND "replacedAt" IS NULL;
  INSERT INTO affiliate_attributions (id, "affiliateTrackingEventId", "customerId", "productId", "affiliateId", "isFreeProductAttribution",
    "attributionExpiresAt", "boundAt", "expiresAt", "linkId", source, "rateType", rate, "includeRenewals", "createdAt")
  SELECT b.id, b."affiliateTrackingEventId", b."customerId", b."productId", b."affiliateId", b."isFreeProductAttribution",
    b."attributionExpiresAt", b."boundAt", b."expiresAt", (SELECT l.id FROM affiliate_links l WHERE l.id = b."linkId"), b.source, b."rateType",
    b.rate, b."includeRenewals", p_now
  FROM jsonb_populate_record(NULL::affiliate_attributions, p -> 'bind') b WHERE b.id IS NOT NULL;
END $$;
