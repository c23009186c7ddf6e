-- Version 1
-- What the ledger refuses, before it writes a posting (docs/decisions/0015).

-- Refuses a posting that no use-case should have asked for: 23514 with the rule's name as the constraint.
CREATE OR REPLACE FUNCTION ledger_rule(ok boolean, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION 'the ledger''s rule % does not hold', name USING ERRCODE = 'check_violation', CONSTRAINT = name;
  END IF;
END $$;

-- Each event moves its own accounts, each in one direction.
CREATE OR REPLACE FUNCTION ledger_may_move(p_type ledger_entry_type, p_account ledger_account, p_amount int) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_type
    WHEN 'COMMISSION_EARNED' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('LOCKED', 1))
    WHEN 'COMMISSION_MATURED' THEN (p_account, sign(p_amount)) IN (('LOCKED', -1), ('AVAILABLE', 1))
    WHEN 'COMMISSION_CLAWED_BACK' THEN
      (p_account, sign(p_amount)) IN (('LOCKED', -1), ('AVAILABLE', -1), ('DEBT', -1), ('PLATFORM', 1))
    WHEN 'COMMISSION_REINSTATED' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('LOCKED', 1))
    WHEN 'WITHDRAWAL_REQUESTED' THEN (p_account, sign(p_amount)) IN (('AVAILABLE', -1), ('RESERVED', 1))
    WHEN 'WITHDRAWAL_APPROVED' THEN (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PAYABLE', 1))
    WHEN 'FEE_DEDUCTED' THEN (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PLATFORM', 1))
    WHEN 'WITHDRAWAL_PAID' THEN (p_account, sign(p_amount)) IN (('PAYABLE', -1), ('PLATFORM', 1))
    WHEN 'WITHDRAWAL_REJECTED' THEN
      (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PAYABLE', -1), ('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'WITHDRAWAL_CANCELLED' THEN
      (p_account, sign(p_amount)) IN (('RESERVED', -1), ('PAYABLE', -1), ('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'WITHDRAWAL_RETURNED' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'ADJUSTMENT_CREDIT' THEN (p_account, sign(p_amount)) IN (('PLATFORM', -1), ('AVAILABLE', 1))
    WHEN 'ADJUSTMENT_DEBIT' THEN (p_account, sign(p_amount)) IN (('AVAILABLE', -1), ('DEBT', -1), ('PLATFORM', 1))
    WHEN 'DEBT_REPAID' THEN (p_account, sign(p_amount)) IN (('AVAILABLE', -1), ('DEBT', 1))
    ELSE false
  END
$$;

-- The accounts and amounts of a posting as one value, to be compared with those that were asked for. Zeros are not written.
CREATE OR REPLACE FUNCTION ledger_moves_of(p_affiliate text, p_moves jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(account, amount), '{}') FROM ledger_moves(p_affiliate, p_moves)
$$;

-- A commission is earned once, whole, by its own affiliate, before anything else is posted of it.
CREATE OR REPLACE FUNCTION ledger_check_earned(p_affiliate text, p_moves jsonb, p_refs jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_total int := (SELECT c."totalAmount" FROM affiliate_commissions c
                  WHERE c.id = p_refs->>'commissionId' AND c."affiliateId" = p_affiliate);
BEGIN
  PERFORM ledger_rule(v_total IS NOT NULL AND p_refs->>'withdrawalId' IS NULL, 'ledger_names_its_commission');
  PERFORM ledger_rule(ledger_moves_of(p_affiliate, p_moves) = jsonb_build_object('PLATFORM', -v_total, 'LOCKED', v_total),
    'ledger_commission_whole');
  PERFORM ledger_rule(NOT EXISTS (SELECT FROM affiliate_ledger WHERE "commissionId" = p_refs->>'commissionId'),
    'ledger_commission_earned_once');
END $$;

-- What an event of a withdrawal moves, by the amounts of its request. What is given back comes from where it lies.
CREATE OR REPLACE FUNCTION withdrawal_moves(w withdrawal_requests, p_type ledger_entry_type, p_is_approved boolean) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(account, amount) FILTER (WHERE amount <> 0), '{}') FROM (VALUES
    ('WITHDRAWAL_REQUESTED', NULL, 'AVAILABLE', -w."requestedAmount"),
    ('WITHDRAWAL_REQUESTED', NULL, 'RESERVED', w."requestedAmount"),
    ('WITHDRAWAL_APPROVED', NULL, 'RESERVED', -w."netAmount"),
    ('WITHDRAWAL_APPROVED', NULL, 'PAYABLE', w."netAmount"),
    ('WITHDRAWAL_PAID', NULL, 'PAYABLE', -w."netAmount"),
    ('WITHDRAWAL_PAID', NULL, 'PLATFORM', w."netAmount"),
    ('WITHDRAWAL_RETURNED', NULL, 'PLATFORM', -w."requestedAmount"),
    ('WITHDRAWAL_RETURNED', NULL, 'AVAILABLE', w."requestedAmount"),
    ('GIVEN_BACK', false, 'RESERVED', -w."requestedAmount"),
    ('GIVEN_BACK', true, 'PAYABLE', -w."netAmount"),
    ('GIVEN_BACK', true, 'PLATFORM', -w."feeAmount"),
    ('GIVEN_BACK', NULL, 'AVAILABLE', w."requestedAmount")
  ) AS m (event, approved, account, amount)
  WHERE event = CASE WHEN p_type IN ('WITHDRAWAL_REJECTED', 'WITHDRAWAL_CANCELLED') THEN 'GIVEN_BACK' ELSE p_type::text END
    AND (approved IS NULL OR approved = p_is_approved)
$$;

-- A withdrawal's request is written first, then what it moves: it has the status that the event leads to, and in the
-- ledger it has come as far as the event before. A caller who is late has decided on what is no longer true (GU001).
CREATE OR REPLACE FUNCTION ledger_check_withdrawal(p_affiliate text, p_type ledger_entry_type, p_moves jsonb, p_refs jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_request withdrawal_requests;
  v_past text := (SELECT coalesce(string_agg(DISTINCT l.type::text, ' '), '') FROM affiliate_ledger l
                  WHERE l."withdrawalId" = p_refs->>'withdrawalId' AND l.type NOT IN ('FEE_DEDUCTED', 'DEBT_REPAID'));
BEGIN
  SELECT * INTO v_request FROM withdrawal_requests w WHERE w.id = p_refs->>'withdrawalId' AND w."affiliateId" = p_affiliate;
  PERFORM ledger_rule(FOUND AND p_refs->>'commissionId' IS NULL, 'ledger_names_its_withdrawal');
  PERFORM guard(v_request.status::text = CASE p_type
      WHEN 'WITHDRAWAL_REQUESTED' THEN 'PENDING_REVIEW' ELSE substr(p_type::text, length('WITHDRAWAL_') + 1) END
    AND CASE p_type
      WHEN 'WITHDRAWAL_REQUESTED' THEN v_past = ''
      WHEN 'WITHDRAWAL_APPROVED' THEN v_past = 'WITHDRAWAL_REQUESTED'
      WHEN 'WITHDRAWAL_PAID' THEN v_past = 'WITHDRAWAL_APPROVED WITHDRAWAL_REQUESTED'
      WHEN 'WITHDRAWAL_RETURNED' THEN v_past = 'WITHDRAWAL_APPROVED WITHDRAWAL_PAID WITHDRAWAL_REQUESTED'
      ELSE v_past IN ('WITHDRAWAL_REQUESTED', 'WITHDRAWAL_APPROVED WITHDRAWAL_REQUESTED')
    END, 'ledger_withdrawal_in_step');
  PERFORM ledger_rule(ledger_moves_of(p_affiliate, p_moves)
    = withdrawal_moves(v_request, p_type, v_past LIKE 'WITHDRAWAL_APPROVED%'), 'ledger_withdrawal_amounts');
END $$;

REVOKE EXECUTE ON FUNCTION ledger_rule, ledger_may_move, ledger_moves_of, ledger_check_earned, withdrawal_moves, ledger_check_withdrawal FROM PUBLIC;
