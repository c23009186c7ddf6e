-- Version 1
-- What an answer about one attempt is decided on. Who decides reads, and who writes asks, by the same functions, so that the two cannot mean different
-- things.

-- The kinds of invoice that a buyer has paid in a community, but for one invoice, as a sorted list: they decide whether a program without renewals
-- still owes a commission.
CREATE OR REPLACE FUNCTION paid_kinds(p_stam_user text, p_community text, p_but_invoice text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT coalesce(jsonb_agg(DISTINCT i.kind COLLATE "C" ORDER BY i.kind COLLATE "C"), '[]')
    FROM customers c JOIN products p ON p.id = c."productId" JOIN invoices i ON i."customerId" = c.id
    WHERE c."stamUserId" = p_stam_user AND p."communityId" = p_community AND i.status IN ('PAID', 'REFUNDED') AND i.id <> p_but_invoice);
END $$;

-- An affiliate who may be owed for a sale, with what the commission and the reasons to hold it are decided from.
CREATE OR REPLACE FUNCTION sale_affiliate(p_affiliate text, p_attempt text, p_stam_user text, p_token text, p_fingerprint text, p_hours int,
  p_now timestamp) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_redemption affiliate_boost_redemptions := active_redemption(p_affiliate, p_now);
BEGIN
  RETURN (SELECT jsonb_build_object('user', to_jsonb(u), 'profile', to_jsonb(f), 'redemption', to_jsonb(v_redemption),
      'boostCode', (SELECT to_jsonb(b) FROM affiliate_boost_codes b WHERE b.id = v_redemption."codeId" AND b."validFrom" <= p_now),
      'facts', to_jsonb(h))
    FROM weokto_users u JOIN affiliate_profiles f ON f."userId" = u.id
      CROSS JOIN hold_facts(u.id, p_attempt, p_stam_user, p_token, p_fingerprint, p_hours, 100000, p_now) AS h
    WHERE u.id = p_affiliate);
END $$;

-- Everything that deciding an answer about one attempt needs; null when there is no such attempt. p_fingerprint is what an answer said of the card
-- and no write has kept yet; p_burst_hours is the default for the policy's own. The affiliates that may be owed are the checkout's token's and those
-- already bound to the buyer, a dozen at most.
CREATE OR REPLACE FUNCTION load_settlement(p_attempt text, p_fingerprint text, p_burst_hours int, p_now timestamp) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_core jsonb;
  v_stam_user text;
  v_community text;
  v_named text;
  v_token text;
  v_print text;
  v_hours int := policy_count(p_now, '{hold,burstHours}', p_burst_hours);
BEGIN
  SELECT jsonb_build_object('attempt', to_jsonb(a), 'invoice', to_jsonb(i), 'customer', to_jsonb(c), 'checkout', to_jsonb(s),
      'product', to_jsonb(p), 'community', to_jsonb(g), 'plan', to_jsonb(l), 'program', to_jsonb(r), 'buyer', to_jsonb(u)),
    u.id, g.id, s.attribution ->> 'affiliateId', coalesce(a."cardToken", s."cardToken"), coalesce(p_fingerprint, a."cardFingerprint")
  INTO v_core, v_stam_user, v_community, v_named, v_token, v_print
  FROM payment_attempts a JOIN invoices i ON i.id = a."invoiceId" JOIN customers c ON c.id = i."customerId"
    JOIN stam_users u ON u.id = c."stamUserId" JOIN products p ON p.id = c."productId" JOIN communities g ON g.id = p."communityId"
    JOIN plans l ON l.id = i."planId" LEFT JOIN checkout_sessions s ON s.id = a."checkoutSessionId"
    LEFT JOIN affiliate_programs r ON r."productId" = p.id
  WHERE a.id = p_attempt;
  IF v_core IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN v_core || jsonb_build_object(
    'attributions', (SELECT coalesce(jsonb_agg(jsonb_build_object('attribution', to_jsonb(t), 'subscriptionStatus', c.status,
        'subscriptionEndsAt', c."subscriptionEndsAt") ORDER BY t."boundAt" DESC), '[]')
      FROM live_attributions(v_stam_user, v_community) t JOIN customers c ON c.id = t."customerId"),
    'affiliates', (SELECT coalesce(jsonb_agg(one), '[]')
      FROM (SELECT v_named AS id UNION SELECT t."affiliateId" FROM live_attributions(v_stam_user, v_community) t LIMIT 12) AS named
        CROSS JOIN sale_affiliate(named.id, p_attempt, v_stam_user, v_token, v_print, v_hours, p_now) AS one
      WHERE one IS NOT NULL),
    'policy', (SELECT to_jsonb(y) FROM policies y WHERE y."validFrom" <= p_now ORDER BY y.version DESC LIMIT 1),
    'earlierKinds', paid_kinds(v_stam_user, v_community, ''),
    'told', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', split_part(n.action, '.', 2), 'processorId', n.after ->> 'processorId')), '[]')
      FROM audit_log n WHERE n."targetType" = 'payment_attempt' AND n."targetId" = p_attempt
        AND n.action IN ('payment.paid_twice', 'payment.mismatch')));
END $$;
