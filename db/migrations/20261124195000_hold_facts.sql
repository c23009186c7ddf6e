-- Each use of a session of weokto.com leaves its network and browser of that day as a mark, which neither signing out nor the next day's hash takes
-- away. It is written for everybody of that site, because who signs in today may become an affiliate tomorrow; the nightly purge keeps it short.
-- It runs with its owner's rights: between this migration and the grants after the last one the application may not write the table yet.
CREATE FUNCTION mark_visitor() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO affiliate_visitor_marks AS m ("affiliateId", "visitorHash", "seenAt")
  VALUES (NEW."userId", NEW."visitorHash", NEW."lastSeenAt")
  ON CONFLICT ("affiliateId", "visitorHash") DO UPDATE SET "seenAt" = greatest(m."seenAt", excluded."seenAt");
  RETURN NULL;
END $$;
CREATE TRIGGER weokto_sessions_mark_visitor AFTER INSERT OR UPDATE OF "visitorHash", "lastSeenAt" ON weokto_sessions
  FOR EACH ROW WHEN (NEW."visitorHash" IS NOT NULL) EXECUTE FUNCTION mark_visitor();

-- A paid sale looks for another person's customer with the same card, by its token or by what the processor says of it.
CREATE INDEX "customers_cardFingerprint_idx" ON customers ("cardFingerprint") WHERE "cardFingerprint" IS NOT NULL;

-- What is stored is read whatever it holds, as long as it is an object; what the owner submits is checked key by key before.
ALTER TABLE policies ADD CONSTRAINT policies_json_is_object CHECK (jsonb_typeof(json) = 'object') NOT VALID;

-- A batch of clicks counts the unique ones that a network already had on a link that day.
CREATE INDEX "affiliate_tracking_events_unique_of_network_idx" ON affiliate_tracking_events ("linkId", ip, "createdAt") WHERE "isUnique";
