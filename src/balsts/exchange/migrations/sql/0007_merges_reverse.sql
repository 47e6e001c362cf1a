DROP TRIGGER refuse_change ON exchange_mergetold;
DROP POLICY seen_with_both ON exchange_mergetold;
DROP POLICY told_by_the_intake ON exchange_mergetold;
ALTER TABLE exchange_mergetold DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON exchange_mergetold TO balsts_app;
