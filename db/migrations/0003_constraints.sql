-- What must hold whoever writes. Names say the rule, so that an error names what was refused.

-- People
ALTER TABLE weokto_users
  ADD CONSTRAINT weokto_users_locale_known CHECK (locale IN ('fr', 'en')),
  ADD CONSTRAINT weokto_users_refund_rate_is_share CHECK ("refundRate" BETWEEN 0 AND 1),
  ADD CONSTRAINT weokto_users_total_refunds_not_negative CHECK ("totalRefunds" >= 0),
  ADD CONSTRAINT weokto_users_pearls_add_up CHECK ("pearlBalance" = "pearlsEarned" - "pearlsSpent");
ALTER TABLE stam_users
  ADD CONSTRAINT stam_users_locale_known CHECK (locale IN ('fr', 'en'));

-- A copy of the database must open nothing: tokens are stored as SHA-256 in hex and in no other way.
ALTER TABLE weokto_sessions
  ADD CONSTRAINT weokto_sessions_token_is_hash CHECK (token ~ '^[0-9a-f]{64}$');
ALTER TABLE stam_sessions
  ADD CONSTRAINT stam_sessions_token_is_hash CHECK (token ~ '^[0-9a-f]{64}$');
ALTER TABLE magic_link_tokens
  ADD CONSTRAINT magic_link_tokens_token_is_hash CHECK (token ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT magic_link_tokens_locale_known CHECK (locale IN ('fr', 'en')),
  ADD CONSTRAINT magic_link_tokens_tries_not_negative CHECK (tries >= 0);

-- Communities
ALTER TABLE community_members
  ADD CONSTRAINT community_members_one_user CHECK (num_nonnulls("weoktoUserId", "stamUserId") = 1),
  ADD CONSTRAINT community_members_user_of_platform CHECK ((platform = 'WEOKTO') = ("weoktoUserId" IS NOT NULL));

-- Catalogue
ALTER TABLE plans
  ADD CONSTRAINT plans_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT plans_amounts_not_negative CHECK ("priceAmount" >= 0 AND "trialAmount" >= 0 AND "setupFee" >= 0),
  ADD CONSTRAINT plans_trial_days_positive CHECK ("trialDays" > 0),
  ADD CONSTRAINT plans_max_billing_cycles_positive CHECK ("maxBillingCycles" > 0);
ALTER TABLE manual_payment_buttons
  ADD CONSTRAINT manual_payment_buttons_type_known CHECK ("pcivaultPaymentType" IN ('subscription', 'one-time'));
ALTER TABLE product_access
  ADD CONSTRAINT product_access_type_known CHECK ("accessType" IN ('community', 'formation', 'channel', 'module'));

-- Billing
ALTER TABLE customers
  ADD CONSTRAINT customers_country_is_code CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT customers_last4_is_four_digits CHECK (last4 ~ '^[0-9]{4}$'),
  ADD CONSTRAINT customers_card_expiry_is_date CHECK ("expMonth" BETWEEN 1 AND 12 AND "expYear" BETWEEN 2000 AND 2100),
  ADD CONSTRAINT customers_no_card_number CHECK ("pciVaultToken" !~ '^[0-9 -]{13,23}$' AND "pciVaultRef" !~ '^[0-9 -]{13,23}$'),
  ADD CONSTRAINT customers_anchor_is_day CHECK ("billingAnchorDay" BETWEEN 1 AND 31),
  ADD CONSTRAINT customers_full_price_charges_not_negative CHECK ("fullPriceCharges" >= 0);
ALTER TABLE invoices
  ADD CONSTRAINT invoices_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT invoices_kind_known CHECK (kind IN ('FIRST', 'TRIAL', 'RENEWAL', 'UPGRADE')),
  ADD CONSTRAINT invoices_country_is_code CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT invoices_amounts_not_negative CHECK ("amountExcludingTax" >= 0 AND "taxAmount" >= 0),
  ADD CONSTRAINT invoices_amounts_add_up CHECK ("amountIncludingTax" = "amountExcludingTax" + "taxAmount"),
  ADD CONSTRAINT invoices_tax_rate_is_share CHECK ("taxRateBps" BETWEEN 0 AND 10000),
  ADD CONSTRAINT invoices_paid_has_date CHECK (status NOT IN ('PAID', 'REFUNDED') OR "paidAt" IS NOT NULL),
  ADD CONSTRAINT invoices_void_has_date CHECK (status <> 'VOID' OR "voidedAt" IS NOT NULL);
ALTER TABLE refunds
  ADD CONSTRAINT refunds_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT refunds_amount_positive CHECK (amount > 0);
ALTER TABLE invoice_series
  ADD CONSTRAINT invoice_series_last_number_not_negative CHECK ("lastNumber" >= 0);

-- Checkout
ALTER TABLE checkout_sessions
  ADD CONSTRAINT checkout_sessions_state_known CHECK (state IN ('IDENTIFY', 'CARD', 'REVIEW', 'PAYING', 'PAID', 'EXPIRED')),
  ADD CONSTRAINT checkout_sessions_locale_known CHECK (locale IN ('fr', 'en')),
  ADD CONSTRAINT checkout_sessions_country_is_code CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT checkout_sessions_last4_is_four_digits CHECK (last4 ~ '^[0-9]{4}$'),
  ADD CONSTRAINT checkout_sessions_card_expiry_is_date CHECK ("expMonth" BETWEEN 1 AND 12 AND "expYear" BETWEEN 2000 AND 2100),
  ADD CONSTRAINT checkout_sessions_no_card_number CHECK ("cardToken" !~ '^[0-9 -]{13,23}$' AND "cardRef" !~ '^[0-9 -]{13,23}$');
ALTER TABLE payment_attempts
  ADD CONSTRAINT payment_attempts_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT payment_attempts_kind_known CHECK (kind IN ('CHARGE', 'SETUP')),
  ADD CONSTRAINT payment_attempts_status_known
    CHECK (status IN ('CREATED', 'SENT', 'REQUIRES_ACTION', 'SUCCEEDED', 'DECLINED', 'UNKNOWN')),
  ADD CONSTRAINT payment_attempts_amount_not_negative CHECK ("amountCents" >= 0);

-- Affiliation
ALTER TABLE affiliate_profiles
  ADD CONSTRAINT affiliate_profiles_totals_not_negative
    CHECK ("totalCommissionsEarned" >= 0 AND "totalWithdrawn" >= 0 AND "totalRefunded" >= 0 AND "debtAmount" >= 0);
ALTER TABLE affiliate_links
  ADD CONSTRAINT affiliate_links_one_target CHECK (num_nonnulls("productId", "communityId") = 1);
ALTER TABLE affiliate_daily_stats
  ADD CONSTRAINT affiliate_daily_stats_clicks_not_negative
    CHECK ("grossClicks" >= 0 AND "uniqueClicks" >= 0 AND "filteredClicks" >= 0);
ALTER TABLE affiliate_programs
  ADD CONSTRAINT affiliate_programs_rate_type_known CHECK ("defaultRateType" IN ('percentage', 'fixed')),
  ADD CONSTRAINT affiliate_programs_rate_in_range
    CHECK ("defaultRate" >= 0 AND ("defaultRateType" <> 'percentage' OR "defaultRate" <= 1)),
  ADD CONSTRAINT affiliate_programs_cookie_days_positive CHECK ("cookieDurationDays" > 0);
ALTER TABLE affiliate_attributions
  ADD CONSTRAINT affiliate_attributions_rate_type_known CHECK ("rateType" IN ('percentage', 'fixed')),
  ADD CONSTRAINT affiliate_attributions_rate_in_range CHECK (rate >= 0 AND ("rateType" <> 'percentage' OR rate <= 1)),
  ADD CONSTRAINT affiliate_attributions_source_known CHECK (source IN ('click', 'coupon', 'owner', 'claim', 'upgrade')),
  ADD CONSTRAINT affiliate_attributions_free_one_ends
    CHECK (NOT "isFreeProductAttribution" OR "attributionExpiresAt" IS NOT NULL);
ALTER TABLE affiliate_boost_codes
  ADD CONSTRAINT affiliate_boost_codes_type_known CHECK ("boostType" IN ('percentage_increase', 'flat_bonus')),
  ADD CONSTRAINT affiliate_boost_codes_value_not_negative CHECK ("boostValue" >= 0),
  ADD CONSTRAINT affiliate_boost_codes_uses_in_range CHECK ("currentUses" >= 0 AND "currentUses" <= "maxUses");
ALTER TABLE affiliate_boost_redemptions
  ADD CONSTRAINT affiliate_boost_redemptions_counters_not_negative CHECK ("commissionsEarned" >= 0 AND "salesCount" >= 0);
ALTER TABLE affiliate_commissions
  ADD CONSTRAINT affiliate_commissions_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT affiliate_commissions_parts_not_negative CHECK ("lockedAmount" >= 0 AND "extendedLockAmount" >= 0),
  ADD CONSTRAINT affiliate_commissions_parts_add_up CHECK ("totalAmount" = "lockedAmount" + "extendedLockAmount"),
  ADD CONSTRAINT affiliate_commissions_total_positive CHECK ("totalAmount" > 0),
  ADD CONSTRAINT affiliate_commissions_clawed_back_in_range CHECK ("clawedBackAmount" BETWEEN 0 AND "totalAmount"),
  ADD CONSTRAINT affiliate_commissions_base_not_negative CHECK ("baseAmount" >= 0 AND "rateApplied" >= 0),
  ADD CONSTRAINT affiliate_commissions_profile_known
    CHECK (profile IN ('NEW', 'RECENT', 'VALIDATED', 'TRUSTED', 'AT_RISK', 'HIGH_RISK', 'EXTREME_RISK')),
  ADD CONSTRAINT affiliate_commissions_dates_in_order
    CHECK ("lockPeriodDays" >= 0 AND "lockedUntil" >= "earnedAt" AND "maturesAt" >= "lockedUntil");

-- Ledger, its balances and lots. Each account keeps its side of zero; PLATFORM mirrors the others and may be on either.
ALTER TABLE affiliate_ledger
  ADD CONSTRAINT affiliate_ledger_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT affiliate_ledger_amount_not_zero CHECK (amount <> 0),
  ADD CONSTRAINT affiliate_ledger_seq_positive CHECK (seq > 0),
  ADD CONSTRAINT affiliate_ledger_balance_on_its_side CHECK (CASE account
    WHEN 'PLATFORM' THEN true WHEN 'DEBT' THEN "balanceAfter" <= 0 ELSE "balanceAfter" >= 0 END);
ALTER TABLE affiliate_balances
  ADD CONSTRAINT affiliate_balances_seq_not_negative CHECK (seq >= 0),
  ADD CONSTRAINT affiliate_balances_on_its_side CHECK (CASE account
    WHEN 'PLATFORM' THEN true WHEN 'DEBT' THEN balance <= 0 ELSE balance >= 0 END);
ALTER TABLE affiliate_lots
  ADD CONSTRAINT affiliate_lots_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT affiliate_lots_remaining_in_range CHECK (remaining BETWEEN 0 AND amount);
ALTER TABLE withdrawal_requests
  ADD CONSTRAINT withdrawal_requests_currency_eur CHECK (currency = 'EUR'),
  ADD CONSTRAINT withdrawal_requests_amounts_not_negative CHECK ("requestedAmount" > 0 AND "feeAmount" >= 0 AND "netAmount" >= 0),
  ADD CONSTRAINT withdrawal_requests_amounts_add_up CHECK ("requestedAmount" = "netAmount" + "feeAmount"),
  ADD CONSTRAINT withdrawal_requests_fee_by_the_rule CHECK ("feeAmount" = "requestedAmount"::bigint * 3 / 100),
  ADD CONSTRAINT withdrawal_requests_method_known CHECK ("paymentMethod" IN ('manual', 'stripe', 'paypal', 'wire')),
  ADD CONSTRAINT withdrawal_requests_rejection_reasoned CHECK (status <> 'REJECTED' OR "rejectionReason" IS NOT NULL);

-- Play
ALTER TABLE competitions
  ADD CONSTRAINT competitions_end_after_start CHECK ("endDate" > "startDate");
ALTER TABLE competition_leaderboard
  ADD CONSTRAINT competition_leaderboard_one_participant CHECK (num_nonnulls("userId", "guildId") = 1),
  ADD CONSTRAINT competition_leaderboard_figures_not_negative CHECK ("totalSales" >= 0 AND "salesCount" >= 0 AND rank > 0);
ALTER TABLE pearl_transactions
  ADD CONSTRAINT pearl_transactions_amount_not_zero CHECK (amount <> 0);
ALTER TABLE cosmetics
  ADD CONSTRAINT cosmetics_price_not_negative CHECK ("pearlPrice" >= 0);

-- Chat
ALTER TABLE channels
  ADD CONSTRAINT channels_last_seq_not_negative CHECK ("lastSeq" >= 0),
  ADD CONSTRAINT channels_slow_mode_in_range CHECK ("slowModeSeconds" BETWEEN 0 AND 21600);
ALTER TABLE messages
  ADD CONSTRAINT messages_seq_positive CHECK (seq > 0),
  ADD CONSTRAINT messages_content_not_too_long CHECK (char_length(content) <= 4000);
ALTER TABLE channel_reads
  ADD CONSTRAINT channel_reads_seq_not_negative CHECK ("lastReadSeq" >= 0);

-- Formations
ALTER TABLE formations
  ADD CONSTRAINT formations_level_known CHECK (level IN ('beginner', 'intermediate', 'advanced')),
  ADD CONSTRAINT formations_minutes_not_negative CHECK ("estimatedMinutes" >= 0);
ALTER TABLE formation_modules
  ADD CONSTRAINT formation_modules_index_from_one CHECK ("moduleIndex" > 0),
  ADD CONSTRAINT formation_modules_minutes_not_negative CHECK ("durationMinutes" >= 0);
ALTER TABLE stam_progress
  ADD CONSTRAINT stam_progress_figures_in_range CHECK ("moduleIndex" > 0 AND "timeSpent" >= 0);

-- Operations
ALTER TABLE policies
  ADD CONSTRAINT policies_version_positive CHECK (version > 0);
ALTER TABLE outbox
  ADD CONSTRAINT outbox_attempts_not_negative CHECK (attempts >= 0);
ALTER TABLE rate_limits
  ADD CONSTRAINT rate_limits_count_not_negative CHECK (count >= 0);

-- Refuses what it is attached to, under the name that the trigger gives it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END $$;

-- The ledger and the audit log are only ever appended to, by whatever role.
CREATE TRIGGER affiliate_ledger_immutable BEFORE UPDATE OR DELETE ON affiliate_ledger
  FOR EACH ROW EXECUTE FUNCTION refuse_change('affiliate_ledger_immutable');
CREATE TRIGGER affiliate_ledger_not_emptied BEFORE TRUNCATE ON affiliate_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('affiliate_ledger_immutable');
CREATE TRIGGER audit_log_immutable BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_change('audit_log_immutable');
CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('audit_log_immutable');

-- What a commission was decided to be never changes; its state and what was clawed back from it do.
CREATE TRIGGER affiliate_commissions_frozen BEFORE UPDATE ON affiliate_commissions FOR EACH ROW
  WHEN ((OLD."affiliateId", OLD."affiliateProgramId", OLD."invoiceId", OLD."customerId", OLD."lockedAmount",
         OLD."extendedLockAmount", OLD."totalAmount", OLD.currency, OLD."baseAmount", OLD."rateApplied",
         OLD."lockPeriodDays", OLD."lockedUntil", OLD."extendedLockedUntil", OLD."maturesAt", OLD."earnedAt",
         OLD.profile, OLD."policyVersion")
    IS DISTINCT FROM
        (NEW."affiliateId", NEW."affiliateProgramId", NEW."invoiceId", NEW."customerId", NEW."lockedAmount",
         NEW."extendedLockAmount", NEW."totalAmount", NEW.currency, NEW."baseAmount", NEW."rateApplied",
         NEW."lockPeriodDays", NEW."lockedUntil", NEW."extendedLockedUntil", NEW."maturesAt", NEW."earnedAt",
         NEW.profile, NEW."policyVersion"))
  EXECUTE FUNCTION refuse_change('affiliate_commissions_frozen');

-- An invoice that was put to somebody keeps its amounts; a number once given stays.
CREATE TRIGGER invoices_amounts_frozen BEFORE UPDATE ON invoices FOR EACH ROW
  WHEN ((OLD.status <> 'DRAFT' AND
         (OLD."customerId", OLD."amountExcludingTax", OLD."taxAmount", OLD."amountIncludingTax", OLD.currency,
          OLD."taxRateBps", OLD.country)
      IS DISTINCT FROM
         (NEW."customerId", NEW."amountExcludingTax", NEW."taxAmount", NEW."amountIncludingTax", NEW.currency,
          NEW."taxRateBps", NEW.country))
     OR (OLD.number IS NOT NULL AND OLD.number IS DISTINCT FROM NEW.number))
  EXECUTE FUNCTION refuse_change('invoices_amounts_frozen');

-- The six accounts exist from the first moment, at zero, so that the ledger only ever updates them.
-- It runs with its owner's rights because the application may not write balances.
CREATE FUNCTION open_affiliate_accounts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO affiliate_balances ("affiliateId", account)
  SELECT NEW."userId", account FROM unnest(enum_range(NULL::ledger_account)) AS account
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER affiliate_profiles_open_accounts AFTER INSERT ON affiliate_profiles
  FOR EACH ROW EXECUTE FUNCTION open_affiliate_accounts();
