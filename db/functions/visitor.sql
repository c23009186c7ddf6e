-- Version 1

-- Each use of a session of weokto.com leaves its network and browser of that day as a mark, which neither signing out nor the next day's hash takes
-- away. It is written for everybody of that site, because who signs in today may become an affiliate tomorrow; the nightly purge keeps it short.
-- It runs with its owner's rights: a table is granted to the application only after the last migration.
CREATE OR REPLACE FUNCTION mark_visitor() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO affiliate_visitor_marks AS m ("affiliateId", "visitorHash", "seenAt")
  VALUES (NEW."userId", NEW."visitorHash", NEW."lastSeenAt")
  ON CONFLICT ("affiliateId", "visitorHash") DO UPDATE SET "seenAt" = greatest(m."seenAt", excluded."seenAt");
  RETURN NULL;
END $$;
