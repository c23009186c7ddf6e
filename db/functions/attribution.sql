-- Version 3

-- Who brought a buyer so far, in a community: the product's own attribution and, for a paid upgrade, a free or lower tier's. No limit: a buyer has
-- few of a community's products, and the write must find the very same ones.
CREATE OR REPLACE FUNCTION live_attributions(p_stam_user text, p_community text) RETURNS SETOF affiliate_attributions LANGUAGE plpgsql STABLE
ROWS 2 AS $$
BEGIN
  RETURN QUERY SELECT a.* FROM customers c JOIN affiliate_attributions a ON a."customerId" = c.id
    JOIN products p ON p.id = a."productId"
    WHERE c."stamUserId" = p_stam_user AND p."communityId" = p_community AND a."replacedAt" IS NULL;
END $$;

-- The link that a row names, or none where it is gone.
CREATE OR REPLACE FUNCTION known_link(p jsonb) RETURNS jsonb LANGUAGE sql STABLE
  RETURN jsonb_build_object('linkId', (SELECT l.id FROM affiliate_links l WHERE l.id = p ->> 'linkId'));

-- Binds a customer to who brought them: what it replaces ends, and the click that it rests on has a row. The queue may not have brought that click
-- yet: its row is made here, without a fingerprint, and the consumer fills it in and counts it. A link that is gone must not stop a sale.
CREATE OR REPLACE FUNCTION bind_attribution(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Every column of the tables, so that none which was decided is lost; one that may not be empty and is not sent has its value here.
  IF p -> 'click' IS NOT NULL THEN
    -- Whichever of the two keys the consumer's row is met on: id and click id are the same.
    INSERT INTO affiliate_tracking_events SELECT e.* FROM jsonb_populate_record(NULL::affiliate_tracking_events,
      '{"isUnique": false}' || (p -> 'click') || known_link(p -> 'click')) e
    ON CONFLICT DO NOTHING;
  END IF;
  -- It can also end without a successor: somebody who comes back long after their subscription ended was brought by nobody.
  UPDATE affiliate_attributions SET "replacedAt" = p_now, "replacedByEventId" = p ->> 'byEventId'
  WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(p -> 'replaces'))) AND "replacedAt" IS NULL;
  IF p -> 'bind' IS NOT NULL THEN
    INSERT INTO affiliate_attributions SELECT b.* FROM jsonb_populate_record(NULL::affiliate_attributions,
      '{"attributionModel": "last-click"}' || (p -> 'bind') || known_link(p -> 'bind') || jsonb_build_object('createdAt', p_now)) b;
  END IF;
END $$;
