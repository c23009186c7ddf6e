-- An invoice goes forward: ordered, then paid or void. A full refund is undone only by a dispute that is won after all.
CREATE TRIGGER invoices_status_steps BEFORE UPDATE OF status ON invoices FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (('DRAFT', 'PENDING'), ('DRAFT', 'VOID'),
    ('PENDING', 'PAID'), ('PENDING', 'VOID'), ('PAID', 'REFUNDED'), ('REFUNDED', 'PAID')))
  EXECUTE FUNCTION refuse_change('invoices_status_steps');

-- As before, and a number freezes the amounts whatever the status; it never changes and never goes.
DROP TRIGGER invoices_amounts_frozen ON invoices;
CREATE TRIGGER invoices_amounts_frozen BEFORE UPDATE ON invoices FOR EACH ROW
  WHEN (((OLD.status <> 'DRAFT' OR OLD.number IS NOT NULL) AND
         (OLD."customerId", OLD."amountExcludingTax", OLD."taxAmount", OLD."amountIncludingTax", OLD.currency,
          OLD."taxRateBps", OLD.country, OLD.kind)
      IS DISTINCT FROM
         (NEW."customerId", NEW."amountExcludingTax", NEW."taxAmount", NEW."amountIncludingTax", NEW.currency,
          NEW."taxRateBps", NEW.country, NEW.kind))
     OR (OLD.number IS NOT NULL AND OLD.number IS DISTINCT FROM NEW.number))
  EXECUTE FUNCTION refuse_change('invoices_amounts_frozen');
