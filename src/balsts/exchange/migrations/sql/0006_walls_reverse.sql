DROP POLICY kept_by_the_intake ON exchange_lasttold;
ALTER TABLE exchange_lasttold DISABLE ROW LEVEL SECURITY;
GRANT DELETE ON exchange_lasttold TO balsts_app;
