-- Version 2
-- Everything that "paid" means, written as it was decided, in one transaction: all of it or nothing. Nothing here decides, but for the questions
-- whether what was decided on still holds; each that does not raises GU001 under its name, and the caller loads again.

CREATE OR REPLACE FUNCTION record_paid_sale(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamp := p ->> 'now';
BEGIN
  -- Lets one delivery of many through.
  PERFORM pay_invoice(p -> 'invoice', v_now);
  PERFORM begin_trial(p -> 'trial', v_now);
  PERFORM note_delivery(p -> 'delivery', v_now);
  -- Sales that could change one another's decision are written one after another: those of one buyer in one community, and those paid with one
  -- card. Those of one affiliate meet at the affiliate's accounts, whose lock every posting takes first.
  PERFORM lock_names(p -> 'locks');
  PERFORM buyer_unchanged(p -> 'buyer', p #>> '{invoice,id}');
  PERFORM succeed_attempt(p -> 'attempt', v_now);
  PERFORM begin_subscription(p -> 'customer', p -> 'account', p -> 'member', v_now);
  UPDATE checkout_sessions SET state = 'PAID', "cardCountry" = p #>> '{checkout,cardCountry}', "updatedAt" = v_now
  WHERE id = p #>> '{checkout,id}';
  PERFORM bind_attribution(p -> 'bound', v_now);
  PERFORM earn_commission(p -> 'earned', v_now);
  INSERT INTO outbox (id, kind, payload, "dedupeKey", "nextAttemptAt", "createdAt")
  SELECT r.id, r.kind, r.payload, r."dedupeKey", v_now, v_now FROM jsonb_populate_record(NULL::outbox, p -> 'receipt') r
  ON CONFLICT ("dedupeKey") DO NOTHING;
  -- Last, because the series' row is shared by every sale of the site: it is locked for as short as can be.
  PERFORM number_invoice(p -> 'invoice');
END $$;

CREATE OR REPLACE FUNCTION pay_invoice(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE invoices SET status = 'PAID', "paidAt" = p_now, "pciVaultPaymentId" = p ->> 'processorId', "pciVaultStatus" = p ->> 'processorStatus',
    "periodStart" = p_now, "periodEnd" = (p ->> 'periodEnd')::timestamp, "updatedAt" = p_now
  WHERE id = p ->> 'id' AND status = 'PENDING';
  PERFORM guard(FOUND, 'invoice_pending');
END $$;

-- Gapless per series and year: the counter moves in the transaction of the payment, and only there.
CREATE OR REPLACE FUNCTION number_invoice(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_number text;
BEGIN
  INSERT INTO invoice_series AS s (series, year, "lastNumber") VALUES (p ->> 'series', (p ->> 'year')::int, 1)
  ON CONFLICT (series, year) DO UPDATE SET "lastNumber" = s."lastNumber" + 1 RETURNING "lastNumber"::text INTO v_number;
  UPDATE invoices SET number = (p ->> 'series') || '-' || (p ->> 'year') || '-' || lpad(v_number, greatest(6, length(v_number)), '0')
  WHERE id = p ->> 'id' AND number IS NULL;
END $$;

CREATE OR REPLACE FUNCTION note_delivery(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p IS NOT NULL THEN
    INSERT INTO webhook_inbox (id, source, "attemptId", "bodyHash", "receivedAt", outcome)
    VALUES (p ->> 'id', p ->> 'source', p ->> 'attemptId', p ->> 'bodyHash', p_now, p ->> 'outcome');
  END IF;
END $$;

-- Behind the buyer's lock: nothing that they paid, and nobody who brought them, has come in between.
CREATE OR REPLACE FUNCTION buyer_unchanged(p jsonb, p_invoice text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard(paid_kinds(p ->> 'stamUserId', p ->> 'communityId', p_invoice) = p -> 'earlierKinds'
    AND (SELECT coalesce(jsonb_agg(t.id ORDER BY t.id COLLATE "C"), '[]') FROM live_attributions(p ->> 'stamUserId', p ->> 'communityId') t)
      = p -> 'attributions', 'buyer_unchanged');
END $$;

CREATE OR REPLACE FUNCTION succeed_attempt(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE payment_attempts SET status = 'SUCCEEDED', "processorId" = p ->> 'processorId', "processorStatus" = p ->> 'processorStatus',
    "redirectUrl" = NULL, "declineCode" = NULL, "cardFingerprint" = p ->> 'cardFingerprint', "settledAt" = p_now, "nextReconcileAt" = NULL,
    "updatedAt" = p_now
  WHERE id = p ->> 'id' AND status = p ->> 'was';
  PERFORM guard(FOUND, 'attempt_not_succeeded');
END $$;

-- The customer as they are from now on, and their membership. What `p` does not name stays as it is. A guild's member is a WEOKTO account, made if
-- absent: its checkout asked for proof of the address. Who pays is the StamUser all the same.
CREATE OR REPLACE FUNCTION begin_subscription(p jsonb, p_account jsonb, p_member jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  c customers;
  v_weokto_user text;
BEGIN
  IF p_account IS NOT NULL THEN
    INSERT INTO weokto_users (id, email, "authId", locale, "emailVerifiedAt", "createdAt", "updatedAt")
    SELECT a.id, a.email, a."authId", a.locale, p_now, p_now, p_now FROM jsonb_populate_record(NULL::weokto_users, p_account) a
    ON CONFLICT (email) DO NOTHING;
    v_weokto_user := (SELECT id FROM weokto_users WHERE email = (p_account ->> 'email')::citext);
  END IF;
  -- As an UPDATE locks it, and no more: rows that only refer to the customer may be written beside this.
  SELECT * INTO c FROM customers WHERE id = p ->> 'id' FOR NO KEY UPDATE;
  PERFORM guard(FOUND AND p -> 'buyable' ? c.status::text, 'customer_may_buy');
  c := jsonb_populate_record(c, p -> 'set');
  UPDATE customers SET status = c.status, "trialEndsAt" = c."trialEndsAt", "trialUsedAt" = c."trialUsedAt", "activatedAt" = c."activatedAt",
    "billingAnchorDay" = c."billingAnchorDay", "currentPeriodStart" = c."currentPeriodStart", "currentPeriodEnd" = c."currentPeriodEnd",
    "nextChargeAt" = c."nextChargeAt", "cancelledAt" = c."cancelledAt", "subscriptionEndsAt" = c."subscriptionEndsAt",
    "fullPriceCharges" = c."fullPriceCharges", "pciVaultToken" = c."pciVaultToken", "pciVaultRef" = c."pciVaultRef", brand = c.brand,
    last4 = c.last4, "expMonth" = c."expMonth", "expYear" = c."expYear", "trialCardToken" = c."trialCardToken",
    "trialCardFingerprint" = c."trialCardFingerprint", "cardFingerprint" = c."cardFingerprint",
    "weoktoUserId" = coalesce(v_weokto_user, c."weoktoUserId"), "currentPlanId" = c."currentPlanId", country = c.country, "updatedAt" = p_now
  WHERE id = c.id;
  PERFORM join_community(jsonb_populate_record(NULL::community_members, p_member), v_weokto_user, p_now);
END $$;
