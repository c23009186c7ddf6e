-- What the application's role may do. Applied again after every migration, so that a new table is never forgotten.

GRANT USAGE ON SCHEMA public TO weokto_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM weokto_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO weokto_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO weokto_app;

-- Which migrations and functions were applied is nothing the application could tell anybody.
REVOKE ALL ON schema_migrations, schema_functions FROM weokto_app;

-- The ledger, its balances and its lots are written by the functions of db/functions alone.
REVOKE INSERT, UPDATE, DELETE ON affiliate_ledger, affiliate_balances, affiliate_lots, affiliate_lot_takes FROM weokto_app;

-- Written once, never touched again.
REVOKE UPDATE, DELETE ON audit_log, business_opening, terms_acceptances, policies, pearl_transactions, dispute_outcomes FROM weokto_app;

-- What the books rest on is never deleted.
REVOKE DELETE ON invoices, refunds, customers, payment_attempts, invoice_series, affiliate_commissions,
  withdrawal_requests, affiliate_profiles, affiliate_programs, affiliate_attributions FROM weokto_app;

-- A note that is taken away leaves its row: its version must go on counting.
REVOKE DELETE ON affiliate_notes FROM weokto_app;

-- Where the vault may report to is said by the deployment.
REVOKE INSERT, UPDATE, DELETE ON webhook_origins FROM weokto_app;
