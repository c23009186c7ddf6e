-- Version 1

-- Whether somebody else's trial of the product was begun with the card that the processor named.
CREATE OR REPLACE FUNCTION others_trial(p_product text, p_fingerprint text, p_customer text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM customers c WHERE c."productId" = p_product AND c."trialCardFingerprint" = p_fingerprint
    AND c."trialUsedAt" IS NOT NULL AND c.id <> p_customer);
END $$;

-- Trials begun with one card follow one another. A free one must still be the card's first; one that cost something begins, and the owner is told.
CREATE OR REPLACE FUNCTION begin_trial(p jsonb, p_now timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_product text := p ->> 'productId';
  v_card text := p ->> 'cardFingerprint';
  v_customer text := p ->> 'customerId';
BEGIN
  IF p IS NULL THEN
    RETURN;
  END IF;
  PERFORM lock_names(jsonb_build_array('trial-card:' || v_product || ':' || v_card));
  IF (p ->> 'isFree')::boolean THEN
    PERFORM guard(NOT others_trial(v_product, v_card, v_customer), 'trial_card_new');
  ELSIF others_trial(v_product, v_card, v_customer) THEN
    INSERT INTO audit_log (id, "actorRole", action, "targetType", "targetId", "createdAt")
    VALUES (p ->> 'noteId', 'SYSTEM', 'trial.card_seen_before', 'customer', v_customer, p_now);
  END IF;
END $$;
